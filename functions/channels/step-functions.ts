import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { StartExecution } from '../admission/start-attempt.ts';

export const stepFunctionsClient = (): SFNClient => new SFNClient({ maxAttempts: 5 });

/** Starts an execution by name. That one exists already is no error: whoever asks again wants that very one. */
export const startExecutionWith =
  (client: SFNClient): StartExecution =>
  async (stateMachineArn, name, input) => {
    try {
      await client.send(
        new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  };

/** Stops a Standard execution; one that is gone is no error. */
export const stopExecutionWith =
  (client: SFNClient) =>
  async (stateMachineArn: string, name: string, cause: string): Promise<void> => {
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    try {
      await client.send(new StopExecutionCommand({ executionArn, cause }));
    } catch (error) {
      if (!(error instanceof ExecutionDoesNotExist)) throw error;
    }
  };
