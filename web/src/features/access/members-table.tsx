import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Project } from '../../../../shared/domain/project/project.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { DeleteDialog } from '../../ui/form/delete-dialog.tsx';
import { guard } from '../../ui/form/guard.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useLocalPages } from '../../ui/list/use-local-pages.tsx';
import { MemberForm } from './member-form.tsx';
import { useRemoveMember } from './members.queries.ts';

type Member = Project['members'][number];

const pageSize = 20;

/** The members of a project with their roles. */
export const MembersTable = ({
  project,
  people,
  mayEdit,
}: {
  project: Project;
  people: readonly string[];
  mayEdit: boolean;
}) => {
  const t = useT();
  const [editing, setEditing] = useState<{ readonly member: Member | undefined }>();
  const [leaving, setLeaving] = useState<Member>();
  const { shown, pagination } = useLocalPages(project.members, pageSize);
  const guarded = guard(mayEdit ? undefined : t('access.project-admin-only'));
  const title = t('access.members', { project: project.name });
  const add = (
    <Button {...guarded} onClick={() => setEditing({ member: undefined })}>
      {t('access.add')}
    </Button>
  );

  return (
    <>
      <ListTable<Member>
        variant="container"
        headingTag="h2"
        name={title}
        title={title}
        count={String(project.members.length)}
        items={shown}
        idOf={({ user }) => user}
        pagination={pagination}
        actions={add}
        empty={<EmptyList text={t('access.members-empty')} action={add} />}
        columns={[
          {
            id: 'user',
            header: t('access.user'),
            isRowHeader: true,
            cell: ({ user }) => user,
          },
          {
            id: 'role',
            header: t('access.role'),
            cell: ({ role }) => (
              <div className="wrapped">
                {t(`access.role.${role}`)}{' '}
                <Box variant="small">{t(`access.role-text.${role}`)}</Box>
              </div>
            ),
          },
          {
            id: 'actions',
            header: t('common.actions'),
            cell: (member) => (
              <SpaceBetween direction="horizontal" size="xxs">
                <Button
                  {...guarded}
                  variant="inline-link"
                  ariaLabel={`${t('common.edit')}: ${member.user}`}
                  onClick={() => setEditing({ member })}
                >
                  {t('common.edit')}
                </Button>
                <Button
                  {...guarded}
                  variant="inline-link"
                  ariaLabel={`${t('access.remove')}: ${member.user}`}
                  onClick={() => setLeaving(member)}
                >
                  {t('access.remove')}
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
      />
      {editing && (
        <MemberForm
          project={project}
          member={editing.member}
          people={people}
          onClose={() => setEditing(undefined)}
        />
      )}
      {leaving && (
        <RemoveMember project={project} member={leaving} onClose={() => setLeaving(undefined)} />
      )}
    </>
  );
};

const RemoveMember = ({
  project,
  member: { user },
  onClose,
}: {
  project: Project;
  member: Member;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const remove = useRemoveMember();

  return (
    <DeleteDialog
      name={user}
      error={remove.error}
      deleting={remove.isPending}
      onClose={onClose}
      onDelete={() =>
        remove.mutate(
          { project: project.name, user, rev: project.rev },
          {
            onSuccess: () => {
              say({ type: 'success', content: t('access.removed', { user }) });
              onClose();
            },
          },
        )
      }
    >
      <Box>{t('access.remove-text')}</Box>
    </DeleteDialog>
  );
};
