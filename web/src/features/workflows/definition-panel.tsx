import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { stringify } from 'yaml';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { PublishForm } from './publish-form.tsx';
import { definitionQuery, type WorkflowRef } from './workflows.queries.ts';

/** The definition as YAML; developers edit and publish it here. */
export const DefinitionPanel = ({
  workflow,
  mayPublish,
}: {
  workflow: WorkflowRef;
  mayPublish: boolean;
}) => {
  const t = useT();
  const definition = useQuery(definitionQuery(workflow));
  const [editing, setEditing] = useState(false);

  return (
    <Loaded query={definition} lines={12}>
      {(data) => {
        const yaml = stringify(data.definition);
        if (editing)
          return (
            <PublishForm workflow={workflow} initial={yaml} onClose={() => setEditing(false)} />
          );
        return (
          <Container
            header={
              <Header
                variant="h2"
                description={
                  data.version && t('workflow.definition-version', { version: data.version })
                }
                actions={
                  <SpaceBetween direction="horizontal" size="xs">
                    <CopyToClipboard
                      variant="icon"
                      copyButtonAriaLabel={t('workflow.definition')}
                      copySuccessText={t('common.copied')}
                      copyErrorText={t('common.copy-failed')}
                      textToCopy={yaml}
                    />
                    <Button
                      disabled={!mayPublish}
                      disabledReason={t('workflows.refusal.role', { role: t('role.developer') })}
                      onClick={() => setEditing(true)}
                    >
                      {t('workflow.definition-edit')}
                    </Button>
                  </SpaceBetween>
                }
              >
                {t('workflow.definition')}
              </Header>
            }
          >
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
            <pre className="code" tabIndex={0}>
              {yaml}
            </pre>
          </Container>
        );
      }}
    </Loaded>
  );
};
