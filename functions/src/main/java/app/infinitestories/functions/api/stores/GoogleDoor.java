package app.infinitestories.functions.api.stores;

import app.infinitestories.purchases.google.ProvePush;
import app.infinitestories.purchases.google.ReceivePlayNotification;
import java.util.Optional;
import java.util.function.Supplier;

/** What lets Google Play's notifications in, and what takes them; empty without an app there. */
public record GoogleDoor(
    Supplier<Optional<ProvePush>> prove, Supplier<Optional<ReceivePlayNotification>> receive) {}
