import '@cloudscape-design/global-styles/index.css';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connect } from './api/call.ts';
import { clockFrom } from './api/clock.ts';
import { createQueryClient } from './api/query-client.ts';
import { loadRuntimeConfig } from './api/runtime-config.ts';
import { createSession } from './api/session.ts';
import { App } from './app.tsx';
import { createConsoleRouter } from './router.tsx';
import { setThemeVariables } from './ui/preferences/theme-variables.ts';

const rootElement = document.getElementById('root');
if (!rootElement) throw new Error('the page has no #root');
setThemeVariables();
const reactRoot = createRoot(rootElement);

try {
  const config = await loadRuntimeConfig();
  const clock = clockFrom(config.clock ?? { offset: 0, speed: 1 }, Date.now);
  const session = createSession(config);
  connect(config.apiUrl, session.accessToken);

  const router = createConsoleRouter({ session, config, clock });
  const queryClient = createQueryClient(() => {
    const returnTo = router.state.location.href;
    void router.navigate({ to: '/sign-in', search: { returnTo, expired: 'yes' } });
  });

  reactRoot.render(
    <StrictMode>
      <App router={router} queryClient={queryClient} />
    </StrictMode>,
  );
} catch (error) {
  // Nothing of the console works without its configuration: plain words, in both languages.
  reactRoot.render(
    <main className="sign-in">
      <h1>Nightshift</h1>
      <p>The console cannot read its configuration. · 控制台无法读取配置。</p>
      <p>{error instanceof Error ? error.message : String(error)}</p>
    </main>,
  );
}
