import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';

const shortcuts = [
  { name: 'workflows', to: '/workflows' },
  { name: 'recurring', to: '/instances' },
  { name: 'runs', to: '/runs' },
  { name: 'pools', to: '/system/pools' },
] as const;

export const Shortcuts = () => {
  const t = useT();

  return (
    <Container header={<Header variant="h2">{t('home.shortcuts')}</Header>}>
      <KeyValuePairs
        columns={4}
        items={shortcuts.map(({ name, to }) => ({
          type: 'pair',
          label: <RouteLink to={to}>{t(`nav.${name}`)}</RouteLink>,
          value: t(`home.shortcut.${name}`),
        }))}
      />
    </Container>
  );
};
