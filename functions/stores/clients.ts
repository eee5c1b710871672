import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * The document client of every store. It reads nothing but the standard environment (region, credentials,
 * AWS_ENDPOINT_URL_DYNAMODB). Connections stay open, because a new TLS handshake costs more than the request.
 */
export const documentClient = (config: DynamoDBClientConfig = {}): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      // Stores retry on their own (retry.ts); three tries here keep the sum below the time-out of a stage.
      maxAttempts: 3,
      requestHandler: {
        connectionTimeout: 2_000,
        requestTimeout: 10_000,
        httpAgent: new Agent({ keepAlive: true, maxSockets: 128 }),
        httpsAgent: new SecureAgent({ keepAlive: true, maxSockets: 128 }),
      },
      ...config,
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
