import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Role } from '../../../../shared/domain/project/project.schema.ts';
import { call } from '../../api/call.ts';

/** A project with its members and the revision that an edit names. */
export const projectQuery = (project: string) =>
  queryOptions({
    queryKey: ['projects', project],
    queryFn: () => call('getProject', { params: { project } }),
  });

type Place = { readonly project: string; readonly user: string; readonly rev: number };

/** Adds a member, or changes its role. */
export const usePutMember = () =>
  useChange(
    ({ project, user, rev, role, comment }: Place & { role: Role; comment?: string | undefined }) =>
      call('putMember', { params: { project, user }, body: { role, comment }, ifMatch: rev }),
  );

export const useRemoveMember = () =>
  useChange(({ project, user, rev }: Place) =>
    call('removeMember', { params: { project, user }, ifMatch: rev }),
  );

const useChange = <Input, Reply>(change: (input: Input) => Promise<Reply>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['projects'] }),
        client.invalidateQueries({ queryKey: ['me'] }),
      ]),
  });
};
