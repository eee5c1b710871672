import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RoomView } from '../../../shared/contracts/api/room-routes.ts';
import { useMay } from '../features/access/access.queries.ts';
import { PaidChannels } from '../features/rooms/paid-channels.tsx';
import { RoomForm } from '../features/rooms/room-form.tsx';
import { roomsQuery, useDeleteRoom, useTestRoom } from '../features/rooms/rooms.queries.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useSay } from '../ui/feedback/notices.tsx';
import { DeleteDialog } from '../ui/form/delete-dialog.tsx';
import { guard } from '../ui/form/guard.ts';
import { RowActions } from '../ui/form/row-actions.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { ListTable } from '../ui/list/list-table.tsx';
import { EnabledText } from '../ui/status/enabled-text.tsx';

/** Rooms and programs that messages are posted to, and the channels that cost money. */
export const RoomsPage = () => {
  const t = useT();
  const say = useSay();
  const may = useMay();
  const rooms = useQuery(roomsQuery());
  const test = useTestRoom();
  const remove = useDeleteRoom();
  const [editing, setEditing] = useState<{ readonly room: RoomView | undefined }>();
  const [doomed, setDoomed] = useState<RoomView>();
  const adminOnly = may('admin') ? undefined : t('form.admin-only');
  const create = (
    <Button {...guard(adminOnly)} onClick={() => setEditing({ room: undefined })}>
      {t('rooms.new')}
    </Button>
  );
  const tryOut = (room: RoomView) =>
    test.mutate(room, {
      onSuccess: ({ sent, problem }) =>
        say(
          sent
            ? { type: 'success', content: t('rooms.sent') }
            : { type: 'error', header: t('rooms.not-sent'), content: problem },
        ),
      onError: ({ message }) => say({ type: 'error', content: message }),
    });

  return (
    <Loaded query={rooms}>
      {({ items }) => (
        <SpaceBetween size="l">
          <ListTable<RoomView>
            name={t('rooms.title')}
            title={t('rooms.title')}
            description={t('rooms.about')}
            count={String(items.length)}
            items={items}
            idOf={({ name }) => name}
            actions={create}
            empty={<EmptyList text={t('rooms.empty')} action={create} />}
            columns={[
              { id: 'name', header: t('common.name'), isRowHeader: true, cell: ({ name }) => name },
              { id: 'title', header: t('rooms.display'), cell: ({ title }) => title },
              { id: 'kind', header: t('rooms.kind'), cell: ({ kind }) => t(`channel.${kind}`) },
              {
                id: 'address',
                header: t('rooms.address'),
                cell: ({ address }) => <span className="cell-text">{address}</span>,
              },
              {
                id: 'signed',
                header: t('rooms.signed'),
                cell: ({ signed }) => t(signed ? 'common.yes' : 'common.no'),
              },
              {
                id: 'enabled',
                header: t('notify.enabled'),
                cell: ({ enabled }) => <EnabledText enabled={enabled} />,
              },
              {
                id: 'actions',
                header: t('common.actions'),
                cell: (room) => (
                  <SpaceBetween direction="horizontal" size="xxs">
                    <Button
                      {...guard(adminOnly)}
                      variant="inline-link"
                      ariaLabel={`${t('rooms.test')}: ${room.name}`}
                      loading={test.isPending && test.variables.name === room.name}
                      onClick={() => tryOut(room)}
                    >
                      {t('rooms.test')}
                    </Button>
                    <RowActions
                      name={room.name}
                      disabledReason={adminOnly}
                      onEdit={() => setEditing({ room })}
                      onDelete={() => setDoomed(room)}
                    />
                  </SpaceBetween>
                ),
              },
            ]}
          />
          <PaidChannels mayEdit={adminOnly === undefined} />
          {editing && <RoomForm room={editing.room} onClose={() => setEditing(undefined)} />}
          {doomed && (
            <DeleteDialog
              name={doomed.name}
              error={remove.error}
              deleting={remove.isPending}
              onDelete={() => remove.mutate(doomed, { onSuccess: () => setDoomed(undefined) })}
              onClose={() => setDoomed(undefined)}
            >
              <Box>{t('duty.delete-hint')}</Box>
            </DeleteDialog>
          )}
        </SpaceBetween>
      )}
    </Loaded>
  );
};
