import {
  colorBorderDividerDefault,
  colorBorderStatusError,
  colorBorderStatusInfo,
  colorBorderStatusSuccess,
  colorBorderStatusWarning,
  colorTextStatusInactive,
} from '@cloudscape-design/design-tokens';
import type { Status } from '../../../../shared/domain/instance/instance.schema.ts';

/** Border of a node, from the tokens of the theme in use. Icon and text say the same without colour. */
export const colorOf = (status: Status | undefined): string => {
  if (status === undefined) return colorBorderDividerDefault;
  return statusColors[status];
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
