import * as z from 'zod';
import { region } from './emulator.ts';

export type Pool = {
  readonly endpoint: string;
  readonly userPoolId: string;
  readonly clientId: string;
};

const SignedIn = z.object({ AuthenticationResult: z.object({ AccessToken: z.string() }) });
const password = 'Only-4-the-emulator';

/**
 * A token of a user in the group `admin`. MiniStack gives machines no scope that they ask for, and lets a password in
 * where the client does not allow it, so the test signs in as a person by password.
 */
export const adminToken = async ({ endpoint, userPoolId, clientId }: Pool): Promise<string> => {
  const call = async (action: string, body: object): Promise<unknown> => {
    const reply = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${action}`,
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/cognito-idp/aws4_request`,
      },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${action} answered ${reply.status}: ${await reply.text()}`);
    return reply.json();
  };
  const user = { UserPoolId: userPoolId, Username: 'deployer' };

  await call('AdminCreateUser', user);
  await call('AdminSetUserPassword', { ...user, Password: password, Permanent: true });
  await call('AdminAddUserToGroup', { ...user, GroupName: 'admin' });
  const answer = await call('InitiateAuth', {
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: user.Username, PASSWORD: password },
  });
  return SignedIn.parse(answer).AuthenticationResult.AccessToken;
};
