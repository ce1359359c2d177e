type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that a function cannot be without. Throws a sentence that names the variable. */
export function setting(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The function has no ${name}: it is set where the function is deployed (infra/).`);
  return value;
}

/**
 * What a source may be asked with: the variables of the environment, by their names. AWS's own are left out, so that
 * no catalogue can send the function's credentials away.
 */
export function credentialsIn(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^_|^AWS_/.test(name)));
}
