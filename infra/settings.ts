import { Aws, CfnCondition, CfnParameter, Fn, type Stack } from "aws-cdk-lib/core";
import { contact, credentialSetting, monthlyBudget, operator, type Setting, smsAlarm } from "./variables.ts";

const mailbox = String.raw`[^@\s]+@[^@\s]+\.[^@\s]+`;

/** The settings of a stack, as its resources use them. */
export interface Settings {
  readonly contact: string;
  /** Whom alarms go to: the contact, unless another was named. */
  readonly operator: string;
  readonly monthlyBudgetUsd: number;
  readonly smsAlarmUsd: number;
  /** By variable; one that was not given is no variable at all. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** Adds the parameters to a stack. CloudFormation remembers them from one deployment to the next. */
export function addSettings(stack: Stack, credentialVariables: readonly string[]): Settings {
  const parameter = ({ parameter: id }: Setting, props: ConstructorParameters<typeof CfnParameter>[2]): CfnParameter => new CfnParameter(stack, id, props);
  const contactAddress = parameter(contact, {
    description: "An email address at which publishers can reach you. It stands in the user agent.",
    allowedPattern: mailbox,
    constraintDescription: "must be an email address: publishers see it in the user agent, and some refuse an agent without one.",
  });
  const operatorAddress = parameter(operator, {
    description: "The email address that alarms go to. Empty: the contact.",
    default: "",
    allowedPattern: `(${mailbox})?`,
    constraintDescription: "must be an email address, or empty for the contact.",
  });
  const isOther = new CfnCondition(stack, "HasOperatorAddress", { expression: Fn.conditionNot(Fn.conditionEquals(operatorAddress.valueAsString, "")) });
  const budget = parameter(monthlyBudget, { type: "Number", default: 5, minValue: 1, description: "US dollars a month after which the operator is told. It counts the whole account." });
  const sms = parameter(smsAlarm, { type: "Number", default: 0.8, minValue: 0, description: "US dollars of SMS a month after which the operator is told. A new account may spend 1, and then SMS stop." });
  return {
    contact: contactAddress.valueAsString,
    operator: Fn.conditionIf(isOther.logicalId, operatorAddress.valueAsString, contactAddress.valueAsString).toString(),
    monthlyBudgetUsd: budget.valueAsNumber,
    smsAlarmUsd: sms.valueAsNumber,
    credentials: Object.fromEntries(credentialVariables.map((variable) => [variable, addCredential(stack, credentialSetting(variable))])),
  };
}

function addCredential(stack: Stack, { variable, parameter: id }: Setting): string {
  const given = new CfnParameter(stack, id, { default: "", noEcho: true, description: `${variable}, which sources of the catalogue name as their credential. Empty: those are not read.` });
  const isGiven = new CfnCondition(stack, `Has${id}`, { expression: Fn.conditionNot(Fn.conditionEquals(given.valueAsString, "")) });
  return Fn.conditionIf(isGiven.logicalId, given.valueAsString, Aws.NO_VALUE).toString();
}
