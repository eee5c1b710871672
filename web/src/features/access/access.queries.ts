import { queryOptions, useQuery } from '@tanstack/react-query';
import { Role } from '../../../../shared/domain/project/project.schema.ts';
import { call } from '../../api/call.ts';

export const meQuery = () =>
  queryOptions({ queryKey: ['me'], queryFn: () => call('getMe', {}), staleTime: 300_000 });

/**
 * Whether the person may do what needs `least` in a project (without one: everywhere). While it is not known yet, yes:
 * the API decides anyhow.
 */
export const useMay = (): ((least: Role, project?: string) => boolean) => {
  const { data: me } = useQuery(meQuery());

  return (least, project) => {
    if (!me) return true;
    const granted = me.grants.filter((grant) => grant.project === project).map(({ role }) => role);
    const ranks = [...granted, ...(me.role ? [me.role] : [])].map(rankOf);
    return Math.max(-1, ...ranks) >= rankOf(least);
  };
};

const rankOf = (role: Role): number => Role.options.indexOf(role);
