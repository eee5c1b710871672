import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useState } from 'react';
import { type Project, Role } from '../../../../shared/domain/project/project.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { errorAt, errorsOfProblem } from '../../ui/form/field-errors.ts';
import { FormDialog } from '../../ui/form/form-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { usePutMember } from './members.queries.ts';

/** Adds a member to a project, or changes the role of one. `people` are the members of other projects. */
export const MemberForm = ({
  project,
  member,
  people,
  onClose,
}: {
  project: Project;
  member: Project['members'][number] | undefined;
  people: readonly string[];
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const put = usePutMember();
  const [user, setUser] = useState(member?.user ?? '');
  const [role, setRole] = useState<Role>(member?.role ?? 'viewer');
  const [comment, setComment] = useState('');
  const errors = errorsOfProblem(put.error);

  return (
    <FormDialog
      title={
        member
          ? t('access.change-title', { user: member.user })
          : t('access.add-title', { project: project.name })
      }
      error={put.error}
      saving={put.isPending}
      onClose={onClose}
      onSave={() =>
        put.mutate(
          {
            ...{ project: project.name, rev: project.rev, role },
            user: user.trim(),
            comment: comment || undefined,
          },
          {
            onSuccess: () => {
              say({ type: 'success', content: t('form.saved', { name: user }) });
              onClose();
            },
          },
        )
      }
    >
      <FormField label={t('access.user')} errorText={errorAt(errors, 'params')}>
        {member ? (
          <Input value={user} disabled />
        ) : (
          <Autosuggest
            value={user}
            options={people.map((value) => ({ value }))}
            enteredTextLabel={(value) => value}
            ariaLabel={t('access.user')}
            onChange={({ detail }) => setUser(detail.value)}
          />
        )}
      </FormField>
      <FormField label={t('access.role')}>
        <RadioGroup
          ariaLabel={t('access.role')}
          value={role}
          items={Role.options.map((value) => ({
            value,
            label: t(`access.role.${value}`),
            description: t(`access.role-text.${value}`),
          }))}
          onChange={({ detail }) => setRole(Role.parse(detail.value))}
        />
      </FormField>
      <FormField label={t('common.comment')} constraintText={t('common.comment-hint')}>
        <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
      </FormField>
    </FormDialog>
  );
};
