import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { RoomEdit, type RoomView } from '../../../../shared/contracts/api/room-routes.ts';
import { Room, roomChannels } from '../../../../shared/domain/notice/channel.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import {
  errorAt,
  errorsOfIssues,
  errorsOfProblem,
  type FieldErrors,
} from '../../ui/form/field-errors.ts';
import { FormDialog } from '../../ui/form/form-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useSaveRoom } from './rooms.queries.ts';

/** Creates a room, or edits one: its address and secret are written, never read. */
export const RoomForm = ({
  room,
  onClose,
}: {
  room: RoomView | undefined;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const save = useSaveRoom();
  const [draft, setDraft] = useState({
    name: room?.name ?? '',
    title: room?.title ?? '',
    kind: room?.kind ?? roomChannels[0],
    url: '',
    secret: '',
    allowPrivate: room?.allowPrivate ?? false,
    enabled: room?.enabled ?? true,
  });
  const [invalid, setInvalid] = useState<FieldErrors>({});
  const errors = { ...errorsOfProblem(save.error), ...invalid };
  const set = (change: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...change }));
  const done = {
    onSuccess: () => {
      say({ type: 'success', content: t('form.saved', { name: draft.name }) });
      onClose();
    },
  };

  const onSave = () => {
    const { name, kind, url, secret, ...rest } = draft;
    const written = { ...rest, url: url || undefined, secret: secret || undefined };
    const parsed = room ? RoomEdit.safeParse(written) : Room.safeParse({ name, kind, ...written });
    setInvalid(parsed.success ? {} : errorsOfIssues(parsed.error.issues));
    if (!parsed.success) return;
    if (room) save.mutate({ name, rev: room.rev, edit: written }, done);
    else save.mutate({ create: Room.parse({ name, kind, ...written }) }, done);
  };

  return (
    <FormDialog
      title={room ? t('form.edit-title', { name: room.name }) : t('rooms.new')}
      error={save.error}
      saving={save.isPending}
      onSave={onSave}
      onClose={onClose}
    >
      <FormField label={t('common.name')} errorText={errorAt(errors, 'name')}>
        <Input
          value={draft.name}
          disabled={room !== undefined}
          onChange={({ detail }) => set({ name: detail.value })}
        />
      </FormField>
      <FormField label={t('rooms.display')} errorText={errorAt(errors, 'title')}>
        <Input value={draft.title} onChange={({ detail }) => set({ title: detail.value })} />
      </FormField>
      <FormField label={t('rooms.kind')}>
        <Select
          disabled={room !== undefined}
          selectedOption={{ value: draft.kind, label: t(`channel.${draft.kind}`) }}
          options={roomChannels.map((value) => ({ value, label: t(`channel.${value}`) }))}
          onChange={({ detail }) =>
            set({ kind: detail.selectedOption.value as (typeof roomChannels)[number] })
          }
        />
      </FormField>
      <FormField
        label={t('rooms.address')}
        constraintText={room ? t('rooms.address-hint') : undefined}
        errorText={errorAt(errors, 'url')}
      >
        <Input
          value={draft.url}
          inputMode="url"
          placeholder={room?.address ?? 'https://'}
          onChange={({ detail }) => set({ url: detail.value })}
        />
      </FormField>
      <FormField
        label={t('rooms.secret')}
        constraintText={room ? t('rooms.secret-hint') : undefined}
        errorText={errorAt(errors, 'secret')}
      >
        <Input
          value={draft.secret}
          type="password"
          autoComplete={false}
          onChange={({ detail }) => set({ secret: detail.value })}
        />
      </FormField>
      <Checkbox
        checked={draft.allowPrivate}
        onChange={({ detail }) => set({ allowPrivate: detail.checked })}
      >
        {t('rooms.private')}
      </Checkbox>
      <Checkbox checked={draft.enabled} onChange={({ detail }) => set({ enabled: detail.checked })}>
        {t('notify.on')}
      </Checkbox>
    </FormDialog>
  );
};
