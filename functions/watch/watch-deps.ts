import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { SettleDeps } from '../admission/settle-instance.ts';

export type WatchDeps = SettleDeps & {
  readonly stopAttempt: (instance: Instance) => Promise<void>;
};
