import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import type { HandoverInstance } from '../../../../shared/contracts/api/handover-routes.ts';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';
import { BizDate } from '../../ui/time/biz-date.tsx';

/** A headed list of instances; `note` says under each what there is to know. */
export const InstanceItems = <T extends HandoverInstance>({
  title,
  hint,
  none,
  type,
  items,
  note,
}: {
  title: string;
  hint?: string;
  none: string;
  type: StatusIndicatorProps.Type;
  items: readonly T[];
  note: (item: T) => ReactNode;
}) => (
  <Container
    header={
      <Header variant="h2" counter={`(${items.length})`} description={hint}>
        {title}
      </Header>
    }
  >
    {items.length === 0 ? (
      <StatusIndicator type="success">{none}</StatusIndicator>
    ) : (
      <ul className="handover-list">
        {items.map((item) => (
          <li key={item.id}>
            <StatusIndicator type={type} iconAriaLabel={title}>
              <RouteLink to="/instances/$instance" params={{ instance: item.id }}>
                {item.workflow}/{item.task}
              </RouteLink>
            </StatusIndicator>{' '}
            <Box variant="small">
              <BizDate day={item.bizDate} /> · <At at={item.at} />
            </Box>
            <Box variant="small" display="block">
              {note(item)}
            </Box>
          </li>
        ))}
      </ul>
    )}
  </Container>
);
