import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useT } from '../../ui/i18n/language-provider.tsx';

const steps = ['publish', 'start', 'watch', 'explain', 'schedule'] as const;

export const QuickStart = () => {
  const t = useT();

  return (
    <Container header={<Header variant="h2">{t('home.quick-start')}</Header>}>
      <ol className="plain-list">
        {steps.map((step) => (
          <li key={step}>
            <strong>{t(`home.step.${step}`)}</strong>
            <br />
            {t(`home.step.${step}-text`)}
          </li>
        ))}
      </ol>
    </Container>
  );
};
