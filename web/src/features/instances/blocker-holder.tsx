import type { Blocker } from '../../../../shared/domain/gate/decision.schema.ts';
import { parseInstanceId } from '../../../../shared/domain/instance/instance-id.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { poolPage } from './pool-page.ts';

/** Who or what holds an instance: links to the pool, the instance and the hold, the clock, or the person in the gate's words. */
export const BlockerHolder = ({ blocker }: { blocker: Blocker }) => {
  const t = useT();
  const { code, instance, pool, hold, holder } = blocker;
  if (clocks.has(code)) return <>{t('diagnosis.clock')}</>;
  if (hold)
    return (
      <RouteLink to="/holds" search={{ hold }}>
        {holder}
      </RouteLink>
    );
  if (!pool && !instance) return <>{holder}</>;

  return (
    <>
      {pool && (
        <RouteLink to={poolPage(pool)} search={{ pool }}>
          {pool.replace(/^\w+:/, '')}
        </RouteLink>
      )}
      {pool && instance && ': '}
      {instance && (
        <RouteLink to="/instances/$instance" params={{ instance }} search={{ tab: 'diagnosis' }}>
          {nameOf(instance)}
        </RouteLink>
      )}
    </>
  );
};

/** Blockers that nobody holds: only time must pass. */
const clocks: ReadonlySet<Blocker['code']> = new Set<Blocker['code']>([
  'not-due',
  'retry-wait',
  'wait-task',
  'run-window',
]);

const nameOf = (id: string): string => {
  const ref = parseInstanceId(id);
  return ref ? `${ref.workflow} · ${ref.task} · ${ref.bizDate} · ${ref.index}` : id;
};
