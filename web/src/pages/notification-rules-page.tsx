import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { NotificationRuleView } from '../../../shared/contracts/api/notification-routes.ts';
import { useMay } from '../features/access/access.queries.ts';
import { NotificationForm } from '../features/notify/notification-form.tsx';
import { NotificationTable } from '../features/notify/notification-table.tsx';
import { notificationRulesQuery } from '../features/notify/notify.queries.ts';
import { workflowNamesQuery } from '../features/workflows/workflows.queries.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { guard } from '../ui/form/guard.ts';
import { useT } from '../ui/i18n/language-provider.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { InProject } from './parts/in-project.tsx';

/** Notification management (seed 000). */
export const NotificationRulesPage = () => (
  <InProject>{(project) => <Rules key={project} project={project} />}</InProject>
);

const Rules = ({ project }: { project: string }) => {
  const t = useT();
  const may = useMay();
  const rules = useQuery(notificationRulesQuery(project));
  const workflows = useQuery(workflowNamesQuery(project));
  const [editing, setEditing] = useState<{ readonly rule: NotificationRuleView | undefined }>();
  const mayEdit = may('developer', project);
  const create = (
    <Button
      {...guard(mayEdit ? undefined : t('notify.needs-developer'))}
      onClick={() => setEditing({ rule: undefined })}
    >
      {t('nrules.new')}
    </Button>
  );

  return (
    <Loaded query={rules}>
      {({ items, channels }) => (
        <>
          <NotificationTable
            rules={items}
            mayEdit={mayEdit}
            maySwitch={may('operator', project)}
            actions={create}
            empty={<EmptyList text={t('nrules.empty')} action={create} />}
            onEdit={(rule) => setEditing({ rule })}
          />
          {editing && (
            <NotificationForm
              project={project}
              rule={editing.rule}
              channels={channels}
              workflows={workflows.data ?? []}
              onClose={() => setEditing(undefined)}
            />
          )}
        </>
      )}
    </Loaded>
  );
};
