import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  MessageWords,
  TemplateKey,
} from '../../../../shared/domain/notice/message-template.schema.ts';
import { call } from '../../api/call.ts';

const keys = { all: ['templates'] } as const;

export const templateQuery = (key: TemplateKey) =>
  queryOptions({
    queryKey: [...keys.all, key],
    queryFn: () => call('getMessageTemplate', { params: key }),
  });

export const templateVersionsQuery = (key: TemplateKey) =>
  queryOptions({
    queryKey: [...keys.all, 'versions', key],
    queryFn: () => call('listTemplateVersions', { params: key }),
  });

export const changedTemplatesQuery = () =>
  queryOptions({
    queryKey: [...keys.all, 'changed'],
    queryFn: () => call('listMessageTemplates', {}),
  });

/** What a message with these words would look like. */
export const usePreview = () =>
  useMutation({
    mutationFn: ({ key, words }: { key: TemplateKey; words: MessageWords }) =>
      call('previewMessage', { body: { ...key, words } }),
  });

export const useSaveTemplate = () =>
  useChange(
    ({
      key,
      words,
      note,
      rev,
    }: {
      key: TemplateKey;
      words: MessageWords;
      note: string | undefined;
      rev: number;
    }) => call('saveMessageTemplate', { params: key, body: { ...words, note }, ifMatch: rev }),
  );

/** Lets an earlier version count again; 0: the words built in. */
export const useRevertTemplate = () =>
  useChange(({ key, to, rev }: { key: TemplateKey; to: number; rev: number }) =>
    call('revertMessageTemplate', { params: key, body: { to }, ifMatch: rev }),
  );

const useChange = <Input, Reply>(change: (input: Input) => Promise<Reply>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};
