import Box from '@cloudscape-design/components/box';
import Steps, { type StepsProps } from '@cloudscape-design/components/steps';
import type {
  DiagnosisState,
  DiagnosisStep,
} from '../../../../shared/domain/diagnosis/steps-of.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';

const indicator: Readonly<Record<DiagnosisState, StepsProps.Status>> = {
  pass: 'success',
  waiting: 'in-progress',
  blocked: 'warning',
  failed: 'error',
  running: 'in-progress',
  later: 'pending',
};

/** The bar of five steps, each with its state and since when; the one in the way stands out. */
export const DiagnosisSteps = ({
  steps,
  project,
}: {
  steps: readonly DiagnosisStep[];
  project: string;
}) => {
  const t = useT();

  return (
    <Steps
      ariaLabel={t('diagnosis.steps')}
      orientation="horizontal"
      steps={steps.map(({ step, state, since, blocking }) => ({
        status: indicator[state],
        statusIconAriaLabel: t(`diagnosis.state.${state}`),
        header: blocking ? (
          <span className="step-in-the-way" aria-current="step">
            {t(`step.${step}`)}
          </span>
        ) : (
          t(`step.${step}`)
        ),
        details: (
          <Box variant="small">
            {t(`diagnosis.state.${state}`)}
            {since && (
              <>
                {' · '}
                <At at={since} project={project} />
              </>
            )}
          </Box>
        ),
      }))}
    />
  );
};
