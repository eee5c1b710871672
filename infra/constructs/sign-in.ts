import { Duration, type RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import {
  CfnManagedLoginBranding,
  CfnUserPoolUser,
  CfnUserPoolUserToGroupAttachment,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  UserPoolClient,
  type UserPoolDomain,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { Role } from '../../shared/domain/project/project.schema.ts';
import { acknowledge } from './acknowledge.ts';

export interface SignInProps {
  readonly removalPolicy: RemovalPolicy;
  /** Who is invited as the first administrator. @default nobody */
  readonly adminEmail?: string;
  /** Whether Cognito's sign-in page gets its style; without one the page does not open. */
  readonly branding: boolean;
}

/** Name of the resource server: a machine asks for a scope such as `nightshift/operator`. */
const machines = 'nightshift';

/** Users, their groups and the two ways in: code with PKCE for the console, client credentials for machines. */
export class SignIn extends Construct {
  readonly issuer: string;
  /** Origins that the console talks to while it signs in. */
  readonly origins: readonly string[];
  readonly machineClient: UserPoolClient;
  readonly tokenUrl: string;
  readonly #branding: boolean;
  readonly #pool: UserPool;
  readonly #domain: UserPoolDomain;
  readonly #machines: UserPoolResourceServer;

  constructor(scope: Construct, id: string, { removalPolicy, adminEmail, branding }: SignInProps) {
    super(scope, id);
    const { region, account } = Stack.of(this);
    this.#branding = branding;

    this.#pool = new UserPool(this, 'Users', {
      selfSignUpEnabled: false,
      // Moves and audit entries name the user, so a name it is, and the address only a way to sign in.
      signInAliases: { username: true, email: true },
      autoVerify: { email: true },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      userInvitation: {
        emailSubject: 'Your account of Nightshift',
        emailBody:
          'Nightshift has an account for you. User name: {username}, password for the first sign-in: {####}',
      },
      removalPolicy,
      deletionProtection: removalPolicy === 'retain',
    });
    for (const role of Role.options)
      this.#pool.addGroup(`Group-${role}`, { groupName: role, description: `Role ${role}` });

    // A name of its own in the region: no other account has this number, no other stack of it this address.
    const prefix = `nightshift-${account}-${this.node.addr.slice(-8)}`;
    this.#domain = this.#pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: prefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    const domain = `https://${prefix}.auth.${region}.amazoncognito.com`;
    this.tokenUrl = `${domain}/oauth2/token`;
    this.issuer = `https://cognito-idp.${region}.amazonaws.com/${this.#pool.userPoolId}`;
    this.origins = [`https://cognito-idp.${region}.amazonaws.com`, domain];

    const scopes = Role.options.map(
      (role) =>
        new ResourceServerScope({
          scopeName: role,
          scopeDescription: `Acts with the role ${role}`,
        }),
    );
    this.#machines = this.#pool.addResourceServer('Machines', { identifier: machines, scopes });
    this.machineClient = this.#pool.addClient('MachineClient', {
      generateSecret: true,
      authFlows: {},
      oAuth: {
        flows: { clientCredentials: true },
        scopes: scopes.map((granted) => OAuthScope.resourceServer(this.#machines, granted)),
      },
      accessTokenValidity: Duration.hours(1),
      enableTokenRevocation: true,
    });

    if (adminEmail !== undefined) this.#invite(adminEmail);
    Tags.of(this).add('nightshift:component', 'sign-in');
    acknowledge(this.#pool, {
      'AwsSolutions-COG2':
        'A second factor is offered; the administrator of the pool decides who must use it.',
      'AwsSolutions-COG8':
        'Threat protection comes with the Plus plan, which costs per user: the deployment’s choice.',
    });
  }

  /** The public client of a console that is served from these addresses. */
  addConsoleClient(scope: Construct, addresses: readonly string[]): UserPoolClient {
    const client = new UserPoolClient(scope, 'ConsoleClient', {
      userPool: this.#pool,
      generateSecret: false,
      authFlows: {},
      preventUserExistenceErrors: true,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.PROFILE, OAuthScope.EMAIL],
        callbackUrls: addresses.map((address) => `${address}/callback`),
        logoutUrls: addresses.map((address) => `${address}/`),
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
      enableTokenRevocation: true,
    });
    if (this.#branding)
      new CfnManagedLoginBranding(scope, 'Branding', {
        userPoolId: this.#pool.userPoolId,
        clientId: client.userPoolClientId,
        useCognitoProvidedValues: true,
      }).node.addDependency(this.#domain);
    return client;
  }

  get userPoolId(): string {
    return this.#pool.userPoolId;
  }

  /** What the console asks for at `/config.json`. */
  consoleConfig(client: UserPoolClient): Readonly<Record<string, string>> {
    return {
      apiUrl: '/api',
      issuer: this.issuer,
      clientId: client.userPoolClientId,
      scope: 'openid profile email',
      region: Stack.of(this).region,
    };
  }

  #invite(adminEmail: string): void {
    const admin = new CfnUserPoolUser(this, 'Admin', {
      userPoolId: this.#pool.userPoolId,
      username: 'admin',
      desiredDeliveryMediums: ['EMAIL'],
      userAttributes: [
        { name: 'email', value: adminEmail },
        { name: 'email_verified', value: 'true' },
      ],
    });
    const member = new CfnUserPoolUserToGroupAttachment(this, 'AdminIsAdmin', {
      userPoolId: this.#pool.userPoolId,
      username: admin.ref,
      groupName: 'admin' satisfies Role,
    });
    member.node.addDependency(this.node.findChild('Users'));
  }
}
