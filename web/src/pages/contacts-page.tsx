import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../features/access/access.queries.ts';
import { ContactForm } from '../features/contacts/contact-form.tsx';
import { type ContactRow, contactsQuery } from '../features/contacts/contacts.queries.ts';
import { DeleteContact } from '../features/contacts/delete-contact.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { guard } from '../ui/form/guard.ts';
import { RowActions } from '../ui/form/row-actions.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { FilterBar } from '../ui/list/filter-bar.tsx';
import { ListTable } from '../ui/list/list-table.tsx';
import { useLocalPages } from '../ui/list/use-local-pages.tsx';

const route = getRouteApi('/in/system/contacts');
const pageSize = 25;

/** Whom notices may be sent to. */
export const ContactsPage = () => {
  const { text } = route.useSearch();
  const contacts = useQuery(contactsQuery(text));
  return <Loaded query={contacts}>{({ items }) => <Contacts items={items} />}</Loaded>;
};

const Contacts = ({ items }: { items: readonly ContactRow[] }) => {
  const t = useT();
  const navigate = route.useNavigate();
  const { text } = route.useSearch();
  const adminOnly = useMay()('admin') ? undefined : t('form.admin-only');
  const [editing, setEditing] = useState<{ readonly contact: ContactRow | undefined }>();
  const [doomed, setDoomed] = useState<ContactRow>();
  const { shown, pagination } = useLocalPages(items, pageSize);
  const filter = (next: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, text: next }), replace: true });
  const create = (
    <Button {...guard(adminOnly)} onClick={() => setEditing({ contact: undefined })}>
      {t('contacts.new')}
    </Button>
  );

  return (
    <>
      <ListTable<ContactRow>
        name={t('contacts.title')}
        title={t('contacts.title')}
        description={t('contacts.description')}
        count={String(items.length)}
        items={shown}
        idOf={({ name }) => name}
        actions={create}
        pagination={pagination}
        filter={
          <FilterBar
            placeholder={t('form.find')}
            textKey="text"
            properties={[]}
            values={{ text }}
            onChange={(values) => filter(values.text)}
          />
        }
        empty={
          <EmptyList
            text={t('contacts.empty')}
            filtered={text !== undefined}
            onClear={() => filter(undefined)}
            action={create}
          />
        }
        columns={[
          {
            id: 'name',
            header: t('common.name'),
            isRowHeader: true,
            cell: ({ name }) => name,
          },
          { id: 'title', header: t('contacts.display'), cell: ({ title }) => title },
          {
            id: 'email',
            header: t('contacts.email'),
            cell: ({ email }) =>
              email ? <Link href={`mailto:${email}`}>{email}</Link> : t('common.none'),
          },
          {
            id: 'phone',
            header: t('contacts.phone'),
            cell: ({ phone }) => phone ?? t('common.none'),
          },
          { id: 'user', header: t('contacts.user'), cell: ({ user }) => user ?? t('common.none') },
          { id: 'note', header: t('contacts.note'), cell: ({ note }) => note ?? t('common.none') },
          {
            id: 'actions',
            header: t('common.actions'),
            cell: (contact) => (
              <RowActions
                name={contact.name}
                disabledReason={adminOnly}
                onEdit={() => setEditing({ contact })}
                onDelete={() => setDoomed(contact)}
              />
            ),
          },
        ]}
      />
      {editing && <ContactForm contact={editing.contact} onClose={() => setEditing(undefined)} />}
      {doomed && <DeleteContact contact={doomed} onClose={() => setDoomed(undefined)} />}
    </>
  );
};
