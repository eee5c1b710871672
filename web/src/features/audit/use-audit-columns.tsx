import Box from '@cloudscape-design/components/box';
import type { TableProps } from '@cloudscape-design/components/table';
import type { AuditEntry } from '../../../../shared/domain/audit/audit-entry.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink, type Target } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';
import { changesOf } from './changes-of.ts';
import { ObjectLink } from './object-link.tsx';
import { useSourceText } from './use-source-text.ts';

/** Project under which the operations on the installation itself are kept. */
const systemProject = 'system';

export const useAuditColumns = (
  /** Where the entry itself is opened. */
  linkOf: (entry: AuditEntry) => Target,
): readonly TableProps.ColumnDefinition<AuditEntry>[] => {
  const t = useT();
  const sourceText = useSourceText();

  return [
    {
      id: 'at',
      header: t('audit.time'),
      isRowHeader: true,
      cell: (entry) => (
        <RouteLink {...linkOf(entry)}>
          <At at={entry.at} project={entry.project} />
        </RouteLink>
      ),
    },
    {
      id: 'actor',
      header: t('audit.actor'),
      cell: ({ actor }) => <div className="cell-text">{actor}</div>,
    },
    { id: 'action', header: t('audit.action'), cell: ({ action }) => action },
    {
      id: 'object',
      header: t('audit.object'),
      cell: ({ object, project, env }) => (
        <>
          <ObjectLink object={object} />
          <Box variant="small" display="block">
            {project === systemProject ? t('audit.no-project') : project}
            {env && ` · ${t(`shell.env.${env}`)}`}
          </Box>
        </>
      ),
    },
    {
      id: 'change',
      header: t('audit.change'),
      cell: (entry) => {
        const changes = changesOf(entry);
        return changes.length === 0
          ? t('common.none')
          : t('audit.changed-fields', { count: changes.length });
      },
    },
    {
      id: 'comment',
      header: t('common.comment'),
      cell: ({ reason }) => <div className="cell-text">{reason ?? t('common.none')}</div>,
    },
    { id: 'source', header: t('audit.source'), cell: ({ detail }) => sourceText(detail?.source) },
  ];
};
