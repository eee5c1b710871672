import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { meQuery, useMay } from '../features/access/access.queries.ts';
import { handoverQuery, useMarkRead } from '../features/handover/handover.queries.ts';
import { InstanceItems } from '../features/handover/instance-items.tsx';
import { KeptBack } from '../features/handover/kept-back.tsx';
import { Notes } from '../features/handover/notes.tsx';
import { Operations } from '../features/handover/operations.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useSay } from '../ui/feedback/notices.tsx';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { guard } from '../ui/form/guard.ts';
import { useLanguage, useT } from '../ui/i18n/language-provider.tsx';
import { useScope } from '../ui/scope.ts';
import { formatDuration, formatInstant } from '../ui/time/format.ts';
import { useNow, useShownZone } from '../ui/time/time-provider.tsx';

const route = getRouteApi('/in/handover');

/** Hours back; `mine`: since the person marked the project as read. */
const spans = { mine: undefined, h8: 8, h24: 24, d7: 168 } as const;
type SpanName = keyof typeof spans;
const names = Object.keys(spans) as SpanName[];

/** What the next shift should know: what broke, healed, is kept back or at risk, who did what, and a note. */
export const HandoverPage = () => {
  const t = useT();
  const { project } = useScope();

  if (project) return <HandoverOf project={project} />;
  return (
    <SpaceBetween size="l">
      <Header variant="h1">{t('handover.title')}</Header>
      <Alert type="info">{t('handover.choose')}</Alert>
    </SpaceBetween>
  );
};

const HandoverOf = ({ project }: { project: string }) => {
  const t = useT();
  const say = useSay();
  const now = useNow();
  const language = useLanguage();
  const zone = useShownZone(project);
  const { env } = useScope();
  const navigate = route.useNavigate();
  const { show } = route.useSearch();
  const span = names.find((name) => name === show) ?? 'mine';
  const told = useQuery(handoverQuery(project, env, spans[span], now));
  const { data: me } = useQuery(meQuery());
  const mayWrite = useMay()('operator', project);
  const mark = useMarkRead(project);
  const optionOf = (name: SpanName) => ({ value: name, label: t(`handover.show.${name}`) });
  const timeOf = (at: string) => formatInstant(at, zone, language);

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={
          told.data &&
          (span !== 'mine'
            ? t('handover.since-asked', { time: timeOf(told.data.since) })
            : told.data.looked
              ? t('handover.since', { time: timeOf(told.data.since) })
              : t('handover.since-first'))
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Select
              ariaLabel={t('handover.show')}
              selectedOption={optionOf(span)}
              options={names.map(optionOf)}
              onChange={({ detail }) =>
                void navigate({
                  search: (before) => ({ ...before, show: detail.selectedOption.value }),
                  replace: true,
                })
              }
            />
            <Button
              {...guard(mayWrite ? undefined : t('handover.read-only'))}
              disabled={!told.data || !mayWrite}
              loading={mark.isPending}
              onClick={() =>
                told.data &&
                mark.mutate(told.data.at, {
                  onSuccess: () => say({ type: 'success', content: t('handover.marked') }),
                })
              }
            >
              {t('handover.mark')}
            </Button>
          </SpaceBetween>
        }
      >
        {t('handover.title')}
      </Header>
      {mark.isError && (
        <ProblemAlert
          error={mark.error}
          header={t('problem.action', { action: t('handover.mark') })}
        />
      )}
      <Notes project={project} user={me?.user} mayWrite={mayWrite} />
      <Loaded query={told}>
        {(data) => (
          <SpaceBetween size="l">
            {data.more.length > 0 && (
              <Alert type="info">
                {t('handover.more', {
                  what: data.more.map((each) => t(`handover.more.${each}`)).join(', '),
                })}
              </Alert>
            )}
            <Grid
              gridDefinition={Array.from({ length: 4 }, () => ({
                colspan: { default: 12, m: 6 },
              }))}
            >
              <InstanceItems
                title={t('handover.broke')}
                none={t('handover.broke-none')}
                type="error"
                items={data.broke}
                note={({ error, outcome }) => error ?? (outcome && t(`outcome.${outcome}`))}
              />
              <InstanceItems
                title={t('handover.at-risk')}
                hint={t('handover.at-risk-hint')}
                none={t('handover.at-risk-none')}
                type="warning"
                items={data.atRisk}
                note={({ meanSeconds, status }) => (
                  <>
                    {t(`status.${status}`)} ·{' '}
                    {t('handover.mean', {
                      duration: formatDuration(meanSeconds * 1000, language),
                    })}
                  </>
                )}
              />
              <KeptBack told={data} />
              <InstanceItems
                title={t('handover.healed')}
                none={t('handover.healed-none')}
                type="success"
                items={data.healed}
                note={({ by, move, reason }) => (
                  <Box variant="span">
                    {move}: {by} {reason && `(${reason})`}
                  </Box>
                )}
              />
            </Grid>
            <Operations told={data} />
          </SpaceBetween>
        )}
      </Loaded>
    </SpaceBetween>
  );
};
