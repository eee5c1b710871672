import Autosuggest, { type AutosuggestProps } from '@cloudscape-design/components/autosuggest';
import Box from '@cloudscape-design/components/box';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { parseInstanceId, parseRunId } from '../../../../shared/domain/instance/instance-id.ts';
import { workflowsQuery } from '../../features/workflows/workflows.queries.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { type Target, useGo } from '../../ui/link.tsx';
import { useScope } from '../../ui/scope.ts';

/** Search over pages, workflows and ids: type, choose, be there. */
export const CommandPalette = ({ onClose }: { onClose: () => void }) => {
  const t = useT();
  const { go } = useGo();
  const scope = useScope();
  const [text, setText] = useState('');
  const input = useRef<AutosuggestProps.Ref>(null);
  const searched = text.trim();
  const workflows = useQuery({
    ...workflowsQuery({ ...scope, text: searched, limit: 10 }),
    enabled: searched.length > 1 && !searched.includes('~'),
  });
  useEffect(() => {
    // The dialog puts the focus on its close button first.
    const timer = setTimeout(() => input.current?.focus(), 50);
    return () => clearTimeout(timer);
  }, []);

  const places = [
    ...idPlaces(searched).map(({ kind, ...place }) => ({
      ...place,
      label: t(kind === 'run' ? 'shell.search-run' : 'shell.search-instance'),
      description: searched,
    })),
    ...pages.map(({ key, to }) => ({
      id: to,
      label: t(key),
      description: t('shell.search-page'),
      target: { to } satisfies Target as Target,
    })),
    ...(workflows.data?.items ?? []).map(({ id, project, workflow, description }) => ({
      id,
      label: workflow,
      description: [t('shell.search-workflow'), project, description].filter(Boolean).join(' · '),
      target: {
        to: '/workflows/$project/$workflow',
        params: { project, workflow },
      } satisfies Target as Target,
    })),
  ];

  return (
    <Modal
      visible
      header={t('shell.search')}
      closeAriaLabel={t('common.close')}
      onDismiss={onClose}
    >
      <SpaceBetween size="s">
        <Autosuggest
          ref={input}
          value={text}
          filteringType={searched.includes('~') ? 'manual' : 'auto'}
          options={places.map(({ id, label, description }) => ({ value: id, label, description }))}
          placeholder={t('shell.search-placeholder')}
          ariaLabel={t('shell.search-placeholder')}
          statusType={workflows.isFetching ? 'loading' : 'finished'}
          loadingText={t('common.loading')}
          empty={t('shell.search-nothing')}
          hideEnteredTextOption
          onChange={({ detail }) => setText(detail.value)}
          onSelect={({ detail }) => {
            const place = places.find(({ id }) => id === detail.value);
            if (!place) return;
            onClose();
            go(place.target);
          }}
        />
        <Box variant="small">{t('shell.search-hint')}</Box>
      </SpaceBetween>
    </Modal>
  );
};

const pages = [
  { key: 'nav.home', to: '/' },
  { key: 'nav.workflows', to: '/workflows' },
  { key: 'nav.runs', to: '/runs' },
  { key: 'nav.monitoring', to: '/monitoring' },
  { key: 'nav.logs', to: '/logs' },
  { key: 'nav.incidents', to: '/incidents' },
  { key: 'nav.alert-events', to: '/alerts/events' },
  { key: 'nav.alert-rules', to: '/alerts/rules' },
  { key: 'nav.notification-rules', to: '/notifications/rules' },
  { key: 'nav.notices', to: '/notifications/sent' },
  { key: 'nav.pushes', to: '/alerts/pushes' },
  { key: 'nav.rooms', to: '/system/rooms' },
  { key: 'nav.templates', to: '/system/templates' },
  { key: 'nav.duty', to: '/system/duty' },
  { key: 'nav.schedule', to: '/schedule' },
  { key: 'nav.ticks', to: '/schedule/workflow' },
  { key: 'nav.ledger', to: '/ledger' },
  { key: 'nav.recurring', to: '/instances' },
  { key: 'nav.manual', to: '/instances/manual' },
  { key: 'nav.throttling', to: '/system/throttling' },
  { key: 'nav.simulation', to: '/simulation' },
  { key: 'nav.pools', to: '/system/pools' },
  { key: 'nav.runtime', to: '/system/runtime' },
  { key: 'nav.calendars', to: '/system/calendars' },
  { key: 'nav.contacts', to: '/system/contacts' },
  { key: 'nav.access', to: '/system/access' },
  { key: 'nav.events', to: '/system/events' },
  { key: 'nav.health', to: '/system/health' },
] as const;

/** Where a pasted id leads. */
const idPlaces = (text: string): { id: string; kind: 'instance' | 'run'; target: Target }[] => {
  if (parseInstanceId(text))
    return [
      {
        id: text,
        kind: 'instance',
        target: { to: '/instances/$instance', params: { instance: text } },
      },
    ];
  if (parseRunId(text))
    return [{ id: text, kind: 'run', target: { to: '/runs/$run', params: { run: text } } }];
  return [];
};
