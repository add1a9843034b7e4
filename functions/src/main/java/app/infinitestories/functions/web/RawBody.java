package app.infinitestories.functions.web;

/** An answer that is not JSON made from a record: a page, a document made elsewhere. */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared or changed
public record RawBody(String contentType, byte[] bytes) {}
