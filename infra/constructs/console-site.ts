import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type IOrigin,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { acknowledge, logicalIdOf } from './acknowledge.ts';

export interface ConsoleSiteProps {
  readonly distFolder: string;
  readonly api: HttpApi;
  /** Origins, beside its own, that the page may talk to. */
  readonly connectTo: readonly string[];
  /** A web ACL of us-east-1. @default none */
  readonly webAclArn?: string;
}

/** The console behind CloudFront, and the API under the same origin, so that the browser needs no CORS. */
export class ConsoleSite extends Construct {
  readonly url: string;
  readonly #bucket: Bucket;
  readonly #distribution: Distribution;
  readonly #distFolder: string;

  constructor(scope: Construct, id: string, props: ConsoleSiteProps) {
    super(scope, id);
    const { api, connectTo, distFolder, webAclArn } = props;
    this.#distFolder = distFolder;

    // It holds nothing that a deployment does not write, so it goes with the stack.
    this.#bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    const files = S3BucketOrigin.withOriginAccessControl(this.#bucket);
    const { region, urlSuffix } = Stack.of(this);
    const calls = apiBehavior(new HttpOrigin(`${api.apiId}.execute-api.${region}.${urlSuffix}`));
    const fallback = new EdgeFunction(this, 'Fallback', {
      comment: 'Every page of the console is index.html',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(pageIsIndex),
    });

    this.#distribution = new Distribution(this, 'Distribution', {
      comment: 'Console of Nightshift',
      defaultRootObject: 'index.html',
      priceClass: PriceClass.PRICE_CLASS_100,
      ...(webAclArn !== undefined && { webAclId: webAclArn }),
      defaultBehavior: {
        origin: files,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: this.#headers('Pages', connectTo, 'no-cache'),
        functionAssociations: [{ function: fallback, eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: {
        '/assets/*': {
          origin: files,
          viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
          responseHeadersPolicy: this.#headers(
            'Assets',
            connectTo,
            'public, max-age=31536000, immutable',
          ),
        },
        '/api/*': calls,
        '/openapi.json': calls,
      },
    });
    this.url = `https://${this.#distribution.distributionDomainName}`;
    Tags.of(this).add('nightshift:component', 'site');
    acknowledge(this.#bucket, {
      'AwsSolutions-S1': 'It holds the console’s own files, which everybody may read.',
    });
    acknowledge(this.#distribution, {
      'AwsSolutions-CFR1': 'Who may come from where is the deployment’s choice: webAclArn.',
      'AwsSolutions-CFR2': 'A web ACL costs by the month: the deployment’s choice (webAclArn).',
      'AwsSolutions-CFR3': 'The pages are public files; calls are in the access log of the API.',
      'AwsSolutions-CFR4':
        'The certificate of cloudfront.net leaves no choice; a domain of one’s own would.',
    });
  }

  /** Uploads the built console with what it must know of this deployment. */
  deploy(config: Readonly<Record<string, unknown>>): void {
    const folder = join(this.#distFolder, 'site');
    if (!existsSync(folder))
      throw new Error(`${folder} is missing: run "npm run build" before the synthesis`);
    new BucketDeployment(this, 'Deployment', {
      destinationBucket: this.#bucket,
      sources: [Source.asset(folder), Source.jsonData('config.json', config)],
      distribution: this.#distribution,
      distributionPaths: ['/*'],
      memoryLimit: 512,
    });
    for (const part of Stack.of(this).node.children)
      if (part.node.id.startsWith('Custom::CDKBucketDeployment'))
        acknowledge(part, uploaderReasons(logicalIdOf(this.#bucket)));
  }

  #headers(id: string, connectTo: readonly string[], cacheControl: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, `${id}Headers`, {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: policyOf(connectTo), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'Cache-Control', value: cacheControl, override: true },
          { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
          {
            header: 'Permissions-Policy',
            value: 'camera=(), geolocation=(), microphone=(), payment=()',
            override: true,
          },
        ],
      },
    });
  }
}

/** Files lie at the top, with a dot in their name (/assets/ has a behavior of its own); ids deeper down may have dots. */
const pageIsIndex = `function handler(event) {
  var request = event.request;
  if (!/^\\/[^/]+\\.[^/]+$/.test(request.uri)) request.uri = '/index.html';
  return request;
}`;

const apiBehavior = (origin: IOrigin) => ({
  origin,
  viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
  allowedMethods: AllowedMethods.ALLOW_ALL,
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
});

/** No inline script or style anywhere, and no connection that is not named. */
const policyOf = (connectTo: readonly string[]): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connectTo].join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ');

/** The uploader is CDK's own function, which runs during a deploy and not at any other time. */
const uploaderReasons = (bucketId: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [
      'AwsSolutions-L1',
      'Serverless-LambdaDLQ',
      'Serverless-LambdaLatestVersion',
      'Serverless-LambdaTracing',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      ...['Abort*', 'DeleteObject*', 'GetBucket*', 'GetObject*', 'List*'].map(
        (action) => `AwsSolutions-IAM5[Action::s3:${action}]`,
      ),
      ...[
        '*',
        `<${bucketId}.Arn>/*`,
        'arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*',
      ].map((resource) => `AwsSolutions-IAM5[Resource::${resource}]`),
    ].map((rule) => [rule, 'CDK’s own function for uploads: it runs during a deploy only.']),
  );
