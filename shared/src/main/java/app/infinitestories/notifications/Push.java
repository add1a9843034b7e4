package app.infinitestories.notifications;

import java.util.Map;

/**
 * What a phone shows: a title and a text that never name the child, and data for the app. Pushes
 * with the same {@code collapseKey} replace each other on the phone, so one that is sent twice is
 * seen once.
 */
public record Push(String title, String body, Map<String, String> data, String collapseKey) {}
