import { err, ok } from '../../shared/domain/kernel/result.ts';
import { exportKeyOf } from '../../shared/domain/log/log-export.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { LogDeps } from './log-deps.ts';
import { exportView } from './log-export-view.ts';

/** The exports of the caller: nobody else's, since what one may read another may not. */
export const readLogExports = ({
  instances,
  clock,
  linkTo,
}: LogDeps): Pick<ApiHandlers<'logs'>, 'listLogExports' | 'getLogExport'> => {
  const isKept = ({ expiresAt }: { readonly expiresAt: string }) => expiresAt > clock();

  return {
    async listLogExports(_, { caller }) {
      const all = await instances.listExports(caller.user);
      return ok({ items: all.map(exportView).filter(isKept) });
    },

    async getLogExport({ params: { export: id } }, { caller }) {
      const found = await instances.findExport(caller.user, id);
      const view = found && exportView(found);
      if (!found || !view || !isKept(view))
        return err({ code: 'export-not-found', detail: `you have no export ${id}` });
      const files = view.files.map((file) => ({
        ...file,
        url: linkTo(exportKeyOf(found, file.name)),
      }));
      return ok({ ...view, files });
    },
  };
};
