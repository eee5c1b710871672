import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import type { ContactView } from '../../../../shared/contracts/api/contact-routes.ts';
import type { Contact } from '../../../../shared/domain/contact/contact.schema.ts';
import { call } from '../../api/call.ts';

export type ContactRow = z.infer<typeof ContactView>;

const keys = { all: ['contacts'] as const };

export const contactsQuery = (text: string | undefined) =>
  queryOptions({
    queryKey: [...keys.all, text ?? ''],
    queryFn: () => call('listContacts', { query: { text } }),
    placeholderData: keepPreviousData,
  });

/** Creates a contact, or replaces the one of revision `rev`. */
export const useSaveContact = () =>
  useChange(({ contact, rev }: { contact: z.input<typeof Contact>; rev: number | undefined }) => {
    const { name, ...body } = contact;
    return rev === undefined
      ? call('createContact', { body: contact })
      : call('updateContact', { params: { name }, body, ifMatch: rev });
  });

export const useDeleteContact = () =>
  useChange(({ name, rev }: Pick<ContactRow, 'name' | 'rev'>) =>
    call('deleteContact', { params: { name }, ifMatch: rev }),
  );

const useChange = <Input, Reply>(change: (input: Input) => Promise<Reply>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};
