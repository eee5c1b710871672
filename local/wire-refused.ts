/** A refusal that goes out in the form of the AWS protocol; `name` is AWS's exception name. */
export class WireRefused extends Error {
  override readonly name: string;
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}
