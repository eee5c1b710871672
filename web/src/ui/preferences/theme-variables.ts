import {
  colorBackgroundContainerContent,
  colorBackgroundLayoutMain,
  colorBorderControlDefault,
  colorBorderItemFocused,
  colorTextBodyDefault,
  colorTextBodySecondary,
  colorTextStatusError,
  colorTextStatusWarning,
} from '@cloudscape-design/design-tokens';

/**
 * The tokens that styles.css uses, under names that do not change with Cloudscape's release. They are set through the
 * object model, which a strict content security policy allows.
 */
export const setThemeVariables = (): void => {
  const variables = {
    '--ns-surface': colorBackgroundContainerContent,
    '--ns-page': colorBackgroundLayoutMain,
    '--ns-border': colorBorderControlDefault,
    '--ns-accent': colorBorderItemFocused,
    '--ns-text': colorTextBodyDefault,
    '--ns-muted': colorTextBodySecondary,
    '--ns-error': colorTextStatusError,
    '--ns-warning': colorTextStatusWarning,
  };
  // On the body, because Cloudscape sets the values of a mode there.
  for (const [name, value] of Object.entries(variables))
    document.body.style.setProperty(name, value);
};
