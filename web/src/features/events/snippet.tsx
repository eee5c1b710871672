import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** Text to take away. */
export const Snippet = ({ name, text }: { name: string; text: string }) => {
  const t = useT();
  return (
    <SpaceBetween size="xs">
      <CopyToClipboard
        copyButtonText={t('events.copy', { what: name })}
        copySuccessText={t('common.copied')}
        copyErrorText={t('common.copy-failed')}
        textToCopy={text}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <pre className="code" tabIndex={0}>
        {text}
      </pre>
    </SpaceBetween>
  );
};
