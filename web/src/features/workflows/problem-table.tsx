import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useT } from '../../ui/i18n/language-provider.tsx';

export type ShownProblem = { readonly path: string; readonly message: string };

/** What is wrong with a definition, and where. */
export const ProblemTable = ({ problems }: { problems: readonly ShownProblem[] }) => {
  const t = useT();

  return (
    <Table
      variant="embedded"
      wrapLines
      header={
        <Header variant="h3">
          <StatusIndicator type="error">
            {t('workflow.problems', { count: problems.length })}
          </StatusIndicator>
        </Header>
      }
      ariaLabels={{ tableLabel: t('problem.fields') }}
      items={problems}
      columnDefinitions={[
        {
          id: 'path',
          header: t('workflow.problem-path'),
          isRowHeader: true,
          cell: ({ path }) => <code>{path.replace(/^body\.definition\.?/, '') || '/'}</code>,
        },
        { id: 'text', header: t('workflow.problem-text'), cell: ({ message }) => message },
      ]}
    />
  );
};
