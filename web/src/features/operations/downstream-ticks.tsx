import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { InstanceStatus } from '../../ui/status/instance-status.tsx';
import { downstreamQuery } from './operations.queries.ts';

/** The instances below one, level by level, to be ticked. Those of hidden projects and barriers cannot be. */
export const DownstreamTicks = ({
  instance,
  ticked,
  onTick,
}: {
  instance: string;
  ticked: readonly string[];
  onTick: (ids: readonly string[]) => void;
}) => {
  const t = useT();
  const query = useQuery(downstreamQuery(instance));
  const toggle = (id: string, on: boolean) =>
    onTick(on ? [...ticked, id] : ticked.filter((each) => each !== id));

  return (
    <Loaded query={query} lines={4}>
      {({ nodes, truncated }) => {
        const below = nodes.filter(
          ({ level, family, hidden }) => level > 0 && family !== 'barrier' && !hidden,
        );
        if (below.length === 0) return <Box>{t('downstream.nothing')}</Box>;
        const levels = [...Map.groupBy(below, ({ level }) => level)].toSorted(([a], [b]) => a - b);
        return (
          <div className="downstream-ticks">
            <SpaceBetween size="s">
              {truncated && <Alert type="info">{t('downstream.truncated')}</Alert>}
              {levels.map(([level, list]) => (
                <div key={level}>
                  <Box variant="h3">{t('downstream.level', { count: level })}</Box>
                  {list.map(({ id, project, workflow, task, index, status, outcome, paused }) => (
                    <Checkbox
                      key={id}
                      checked={ticked.includes(id)}
                      onChange={({ detail }) => toggle(id, detail.checked)}
                    >
                      {project}/{workflow} · {task} · {index}{' '}
                      {status && (
                        <InstanceStatus status={status} outcome={outcome ?? null} paused={paused} />
                      )}
                    </Checkbox>
                  ))}
                </div>
              ))}
            </SpaceBetween>
          </div>
        );
      }}
    </Loaded>
  );
};
