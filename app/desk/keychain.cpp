#include "desk/secrets.h"

#include <qt6keychain/keychain.h>

#include <QCoreApplication>
#include <QPointer>
#include <QPromise>
#include <QTimer>

namespace longcode::desk {

namespace {

QString serviceName() {
    return QStringLiteral("Longcode");
}

QString text(const char *source) {
    return QCoreApplication::translate("Keychain", source);
}

Failure unusable(const QString &reason) {
    return {text(QT_TRANSLATE_NOOP("Keychain", "The system's keychain could not be used: %1")).arg(reason),
            text(QT_TRANSLATE_NOOP("Keychain",
                                   "Start and unlock the keychain of this session (on Linux GNOME Keyring or "
                                   "KWallet), then try again."))};
}

Failure unanswered() {
    return {text(QT_TRANSLATE_NOOP("Keychain", "The system's keychain did not answer.")),
            text(QT_TRANSLATE_NOOP(
                "Keychain", "Look for a window that asks for the keychain's password, then try again."))};
}

/// Runs one job of QtKeychain and ends it after the limit. A job that hangs cannot be cancelled: it stays
/// behind and deletes itself if it ever finishes. `T` is made by `read` from the finished job.
template <typename T, typename JobType, typename Read>
QFuture<Result<T, Failure>> run(JobType *job, const SecretName &name, std::chrono::milliseconds limit,
                                Read read) {
    auto promise = std::make_shared<QPromise<Result<T, Failure>>>();
    promise->start();
    const auto finish = [promise](Result<T, Failure> result) {
        if (promise->future().isFinished())
            return;
        promise->addResult(std::move(result));
        promise->finish();
    };
    job->setInsecureFallback(false);
    job->setKey(name.text);
    QObject::connect(job, &QKeychain::Job::finished, job, [job, finish, read] { finish(read(*job)); });
    QTimer::singleShot(limit, job, [finish] { finish(failed(unanswered())); });
    job->start();
    return promise->future();
}

/// The platform's keychain through QtKeychain. Lives on the UI thread.
class Keychain final : public SecretStore {
public:
    explicit Keychain(std::chrono::milliseconds limit) : m_limit(limit) {}

    QFuture<Result<bool, Failure>> keep(const SecretName &name, const QByteArray &secret) override {
        auto *job = new QKeychain::WritePasswordJob(serviceName());
        job->setBinaryData(secret);
        return run<bool>(job, name, m_limit, [](const QKeychain::Job &done) -> Result<bool, Failure> {
            if (done.error() != QKeychain::NoError)
                return failed(unusable(done.errorString()));
            return true;
        });
    }

    QFuture<Result<std::optional<QByteArray>, Failure>> fetch(const SecretName &name) override {
        using Found = std::optional<QByteArray>;
        auto *job = new QKeychain::ReadPasswordJob(serviceName());
        return run<Found>(job, name, m_limit,
                          [](const QKeychain::ReadPasswordJob &done) -> Result<Found, Failure> {
                              if (done.error() == QKeychain::EntryNotFound)
                                  return Found();
                              if (done.error() != QKeychain::NoError)
                                  return failed(unusable(done.errorString()));
                              return Found(done.binaryData());
                          });
    }

    QFuture<Result<bool, Failure>> forget(const SecretName &name) override {
        auto *job = new QKeychain::DeletePasswordJob(serviceName());
        return run<bool>(job, name, m_limit, [](const QKeychain::Job &done) -> Result<bool, Failure> {
            if (done.error() == QKeychain::EntryNotFound)
                return false;
            if (done.error() != QKeychain::NoError)
                return failed(unusable(done.errorString()));
            return true;
        });
    }

private:
    std::chrono::milliseconds m_limit;
};

} // namespace

std::unique_ptr<SecretStore> makeKeychain(std::chrono::milliseconds limit) {
    return std::make_unique<Keychain>(limit);
}

} // namespace longcode::desk
