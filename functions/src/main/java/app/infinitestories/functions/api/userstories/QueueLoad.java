package app.infinitestories.functions.api.userstories;

/** How busy the product is, as last projected. */
record QueueLoad(long pending, long running, long capacity, JobAnswer.Eta eta) {}
