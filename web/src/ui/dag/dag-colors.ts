import {
  colorBorderDividerDefault,
  colorBorderStatusError,
  colorBorderStatusInfo,
  colorBorderStatusSuccess,
  colorBorderStatusWarning,
  colorTextStatusInactive,
} from '@cloudscape-design/design-tokens';
import type { Status } from '../../../../shared/domain/instance/instance.schema.ts';
import type { DagMark, DagNode } from './dag.ts';

/** Colour of a status, from the tokens of the theme in use. Icon and text say the same without colour. */
export const colorOf = (status: Status | undefined): string => {
  if (status === undefined) return colorBorderDividerDefault;
  return statusColors[status];
};

/** Border of a node: the status of its instance, else the first of its marks. */
export const colorOfNode = ({ status, marks }: Pick<DagNode, 'status' | 'marks'>): string => {
  const [mark] = marks ?? [];
  return status === undefined && mark ? markColors[mark.type] : colorOf(status);
};

const markColors: Readonly<Record<DagMark['type'], string>> = {
  stopped: colorTextStatusInactive,
  pending: colorTextStatusInactive,
  warning: colorBorderStatusWarning,
  info: colorBorderStatusInfo,
};

const statusColors: Readonly<Record<Status, string>> = {
  NOT_RUN: colorTextStatusInactive,
  WAIT_TIME: colorTextStatusInactive,
  THROTTLED: colorBorderStatusWarning,
  WAIT_RESOURCE: colorBorderStatusWarning,
  SUBMITTED: colorBorderStatusInfo,
  RUNNING: colorBorderStatusInfo,
  SUCCESS: colorBorderStatusSuccess,
  FAILED: colorBorderStatusError,
};
