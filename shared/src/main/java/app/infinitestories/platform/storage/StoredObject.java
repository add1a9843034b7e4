package app.infinitestories.platform.storage;

/** What the bucket knows of an object: path, type, size in bytes and generation. */
public record StoredObject(String path, String contentType, long size, long generation) {}
