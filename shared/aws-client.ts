/**
 * How every client of AWS is set: without these, a connection that hangs would hold a function until its timeout.
 * The SDK tries three times, so a service that is away is told after some 20 seconds.
 */
export const awsClient = { requestHandler: { connectionTimeout: 2000, requestTimeout: 5000, throwOnRequestTimeout: true } } as const;
