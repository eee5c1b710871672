import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { RouteReply } from '../../../../shared/contracts/api/route.ts';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import type { SettingsOverrides } from '../../../../shared/domain/project/runtime-settings.schema.ts';
import { call } from '../../api/call.ts';

export type SettingsView = RouteReply<Routes['getSettings']>;
export type SettingName = keyof SettingsView['explained'];

const keys = { all: ['settings'] as const };

/** Settings of a project; without one, of the installation. */
export const settingsQuery = (project: string | undefined) =>
  queryOptions({
    queryKey: [...keys.all, project ?? ''],
    queryFn: () =>
      project === undefined
        ? call('getSettings', {})
        : call('getProjectSettings', { params: { project } }),
  });

export const useSaveSettings = (project: string | undefined) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, rev }: { body: SettingsOverrides; rev: number }) =>
      project === undefined
        ? call('putSettings', { body, ifMatch: rev })
        : call('putProjectSettings', { params: { project }, body, ifMatch: rev }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};
