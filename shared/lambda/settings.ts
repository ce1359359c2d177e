import type { ObjectPlace } from "./signed.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that a function cannot be without. Throws a sentence that names the variable. */
export function setting(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The function has no ${name}: it is set where the function is deployed (infra/).`);
  return value;
}

/** The stage's bucket, and where S3 is asked for it where that is not S3's own address. */
export function bucketOf(env: Environment): Omit<ObjectPlace, "key"> {
  return { bucket: setting(env, "BUCKET_NAME"), endpoint: env["AWS_ENDPOINT_URL_S3"] ?? env["AWS_ENDPOINT_URL"] };
}

/**
 * What a source may be asked with: the variables of the environment, by their names. AWS's own are left out, so that
 * no catalogue can send the function's credentials away.
 */
export function credentialsIn(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^_|^AWS_/.test(name)));
}
