import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { AppModel, Typed } from './app-model.ts';
import { send, sendJson } from './http-io.ts';

export type Site = {
  serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void>;
};

type Headers = Readonly<Record<string, string>>;

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The built console with the headers that CloudFront would add; a path without a file's suffix is a page of it. */
export const site = (
  folder: string,
  model: AppModel,
  config: (origin: string) => unknown,
): Site => {
  const headersFor = headerRules(model);
  return {
    async serve(request, response, path) {
      if (path === '/config.json')
        return sendJson(response, 200, config(`http://${request.headers.host}`), headersFor(path));
      // Files lie at the top or under /assets/; ids of runs and instances, deeper down, may have dots.
      const isFile = /^\/(assets\/.+|[^/]+\.[^/]+)$/.test(path);
      const file = normalize(isFile ? path : '/index.html');
      const full = join(folder, file);
      const found = await stat(full).catch(() => undefined);
      if (!found?.isFile())
        return send(
          response,
          404,
          file === '/index.html' ? 'the console is not built: npm run build' : 'not found',
        );
      response.writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-length': found.size,
        ...headersFor(path),
      });
      if (request.method === 'HEAD') response.end();
      else await pipeline(createReadStream(full), response);
    },
  };
};

function headerRules(model: AppModel): (path: string) => Headers {
  const policies = new Map(
    model
      .all('AWS::CloudFront::ResponseHeadersPolicy')
      .map((policy) => [policy.ref, headersOf(policy)]),
  );
  const named = (id: string | undefined): Headers => policies.get(id ?? '') ?? {};
  const [distribution] = model.all('AWS::CloudFront::Distribution');
  const { DefaultCacheBehavior, CacheBehaviors } = distribution?.DistributionConfig ?? {
    DefaultCacheBehavior: {},
    CacheBehaviors: [],
  };
  return (path) => {
    const special = CacheBehaviors.find(({ PathPattern }) =>
      path.startsWith(PathPattern.replace(/\*$/, '')),
    );
    return named((special ?? DefaultCacheBehavior).ResponseHeadersPolicyId);
  };
}

/** Strict-Transport-Security is left out: over plain HTTP it says nothing. */
function headersOf({
  ResponseHeadersPolicyConfig: { CustomHeadersConfig, SecurityHeadersConfig: security },
}: Typed<'AWS::CloudFront::ResponseHeadersPolicy'>): Headers {
  return {
    ...Object.fromEntries(
      (CustomHeadersConfig?.Items ?? []).map(({ Header, Value }) => [Header.toLowerCase(), Value]),
    ),
    ...(security?.ContentSecurityPolicy && {
      'content-security-policy': security.ContentSecurityPolicy.ContentSecurityPolicy,
    }),
    ...(security?.ContentTypeOptions !== undefined && { 'x-content-type-options': 'nosniff' }),
    ...(security?.FrameOptions && { 'x-frame-options': security.FrameOptions.FrameOption }),
    ...(security?.ReferrerPolicy && { 'referrer-policy': security.ReferrerPolicy.ReferrerPolicy }),
  };
}
