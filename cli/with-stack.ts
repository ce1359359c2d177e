import { openStack, type Stack, type StackSettings } from "../local/stack.ts";
import { Failure } from "./command.ts";
import type { Output } from "./output.ts";
import { keepYoungHeap } from "./young-heap.ts";
import { messageOf } from "../shared/fault.ts";

/**
 * Opens the data folder, does the work, and closes it whatever comes of it. A folder or a setting that cannot be
 * used becomes a Failure with its sentence.
 */
export async function withStack(settings: Omit<StackSettings, "env" | "say">, output: Output, work: (stack: Stack) => Promise<void>): Promise<void> {
  let stack: Stack;
  try {
    stack = await openStack({ ...settings, env: process.env, say: (sentence) => output.say(sentence) });
  } catch (error) {
    throw new Failure(messageOf(error), { cause: error });
  }
  keepYoungHeap();
  try {
    await work(stack);
  } finally {
    await stack.close();
  }
}
