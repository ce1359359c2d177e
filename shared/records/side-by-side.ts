/** Does this for every member, at most so many at a time; the first failure is thrown. */
export async function sideBySide<Member>(members: readonly Member[], most: number, act: (member: Member) => Promise<void>): Promise<void> {
  const waiting = [...members];
  const worker = async (): Promise<void> => {
    for (let member = waiting.shift(); member !== undefined; member = waiting.shift()) await act(member);
  };
  await Promise.all(Array.from({ length: Math.min(most, members.length) }, worker));
}
