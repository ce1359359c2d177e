/** The least that a function can be: what its start takes is Node's and the runtime's alone. */
export const handler = async (): Promise<string> => "hello";
