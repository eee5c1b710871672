import Button from '@cloudscape-design/components/button';
import { useMay } from '../../features/access/access.queries.ts';
import { guard } from '../../ui/form/guard.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useGo } from '../../ui/link.tsx';

/** Opens the form of a backfill that starts from `root`: a task, or a workflow with all its tasks. */
export const BackfillButton = ({ project, root }: { project: string; root: string }) => {
  const t = useT();
  const may = useMay();
  const { go } = useGo();

  return (
    <Button
      {...guard(
        may('operator', project)
          ? undefined
          : t('workflows.refusal.role', { role: t('role.operator') }),
      )}
      onClick={() => go({ to: '/backfills/new', search: { project, root } })}
    >
      {t('backfills.title')}
    </Button>
  );
};
