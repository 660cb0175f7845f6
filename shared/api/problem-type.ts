/** What the `type` of every problem begins with; its kind follows. Apart, so that the client needs no schema. */
export const PROBLEM_TYPE = 'urn:sidetrail:problem:';
