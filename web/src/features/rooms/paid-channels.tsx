import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery } from '@tanstack/react-query';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { notifySettingsQuery, useSaveNotifySettings } from './rooms.queries.ts';

/** Whether text messages and calls may be used at all. */
export const PaidChannels = ({ mayEdit }: { mayEdit: boolean }) => {
  const t = useT();
  const settings = useQuery(notifySettingsQuery());
  const save = useSaveNotifySettings();
  if (!settings.data) return null;
  const { sms, voice, rev } = settings.data;

  return (
    <Container
      header={
        <Header variant="h2" description={t('rooms.paid-hint')}>
          {t('rooms.paid')}
        </Header>
      }
    >
      <SpaceBetween size="s">
        {save.isError && <ProblemAlert error={save.error} />}
        {(['sms', 'voice'] as const).map((channel) => (
          <Toggle
            key={channel}
            disabled={!mayEdit || save.isPending}
            checked={{ sms, voice }[channel]}
            onChange={({ detail }) =>
              save.mutate({ settings: { sms, voice, [channel]: detail.checked }, rev })
            }
          >
            {t(`rooms.${channel}`)}
          </Toggle>
        ))}
      </SpaceBetween>
    </Container>
  );
};
