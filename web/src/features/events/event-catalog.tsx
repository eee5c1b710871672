import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import {
  type CatalogEntry,
  eventCatalog,
  shortJson,
} from '../../../../shared/contracts/events/catalog.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { Snippet } from './snippet.tsx';

const catalog = eventCatalog();

/** The events of one direction; the one that stands in the address with what somebody needs to use it. */
export const EventCatalog = ({
  direction,
  open,
}: {
  direction: CatalogEntry['direction'];
  open: string | undefined;
}) => {
  const t = useT();
  const entries = catalog.filter((entry) => entry.direction === direction);
  const shown = entries.find(({ type }) => type === open);

  return (
    <SpaceBetween size="l">
      <Table
        variant="container"
        wrapLines
        header={
          <Header
            variant="h2"
            counter={`(${entries.length})`}
            description={t(direction === 'out' ? 'events.out-text' : 'events.in-text')}
          >
            {t(`events.tab.${direction}`)}
          </Header>
        }
        ariaLabels={{ tableLabel: t(`events.tab.${direction}`) }}
        items={entries}
        trackBy="type"
        footer={direction === 'out' && <Box variant="small">{t('events.none-recent')}</Box>}
        columnDefinitions={[
          {
            id: 'type',
            header: t('events.type'),
            isRowHeader: true,
            cell: ({ type }) => (
              <RouteLink to="/system/events" search={{ tab: direction, find: type }}>
                {type}
              </RouteLink>
            ),
          },
          { id: 'version', header: t('events.version'), cell: ({ version }) => version },
          {
            id: 'what',
            header: t('events.what'),
            cell: (entry) =>
              entry.direction === 'out'
                ? t(`events.out.${entry.type}`)
                : t(`events.in.${entry.type}`),
          },
        ]}
      />
      {shown && <EventPanel key={shown.type} entry={shown} />}
    </SpaceBetween>
  );
};

const EventPanel = ({ entry }: { entry: CatalogEntry }) => {
  const t = useT();
  const parts = [
    { id: 'example', text: JSON.stringify(entry.example, null, 2) },
    { id: 'pattern', text: shortJson(entry.pattern) },
    { id: 'cdk', text: entry.cdk },
    { id: 'schema', text: JSON.stringify(entry.schema, null, 2) },
  ] as const;

  return (
    <section aria-label={entry.type}>
      <SpaceBetween size="s">
        <Header variant="h2">{entry.type}</Header>
        {parts.map(({ id, text }) => (
          <ExpandableSection
            key={id}
            variant="container"
            headerText={t(`events.${id}`)}
            defaultExpanded={id !== 'schema'}
          >
            <Snippet name={t(`events.${id}`)} text={text} />
          </ExpandableSection>
        ))}
      </SpaceBetween>
    </section>
  );
};
