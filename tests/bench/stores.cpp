#include "bench/stores.h"

#include "base/program.h"
#include "bench/bench.h"
#include "store/reader.h"
#include "store/store.h"
#include "support/filled_store.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

namespace longcode::bench {

namespace {

constexpr int conversations = 10'000;
constexpr int rareEvery = 5'000;

bool make(const QString &folder, int people, int messages) {
    return QDir().mkpath(folder) &&
           tests::fillStore(folder, {.conversations = people,
                                     .messages = messages,
                                     .inFirst = people > 1 ? messages / 10 : messages,
                                     .rareWordEvery = rareEvery});
}

QString fileIn(const QString &folder) {
    return QDir(folder).filePath(QStringLiteral("console.sqlite"));
}

MeasuredStore measured(const QString &folder, int messages) {
    return {folder, messages, QFileInfo(fileIn(folder)).size()};
}

/// The newest message's row stands for how many there are: nothing is ever taken out of a filled store.
int messagesIn(const QString &folder) {
    const auto store = store::Store::open(folder);
    if (!store)
        qFatal("%s", qUtf8Printable(store.error().detail));
    const auto reader = (*store)->openReader();
    const auto hits = (*reader)->conversationKeys({}, 1);
    const auto newest = hits.isEmpty() ? std::nullopt : (*reader)->conversation(hits.first().id);
    return newest ? int(newest->lastMessage.value) : 0;
}

} // namespace

QJsonObject MeasuredStore::context() const {
    return {{QStringLiteral("messages"), messages}, {QStringLiteral("store_bytes"), bytes}};
}

int fill(const ProgramArguments &arguments) {
    const QFileInfo file(arguments.value(QStringLiteral("store")));
    const int people = arguments.value(QStringLiteral("conversations")).toInt();
    const int messages = arguments.value(QStringLiteral("messages")).toInt();
    if (file.fileName() != QStringLiteral("console.sqlite") || people < 1 || messages < 1) {
        printError(QStringLiteral("longcode-bench"),
                   QStringLiteral("fill needs --store FOLDER/console.sqlite, and at least one conversation "
                                  "and message."));
        return 2;
    }
    if (file.exists()) {
        printError(QStringLiteral("longcode-bench"),
                   QStringLiteral("%1 is there already; it was not touched.").arg(file.filePath()));
        return 1;
    }
    QElapsedTimer timer;
    timer.start();
    if (!make(file.absolutePath(), people, messages))
        return 1;
    QJsonObject context = measured(file.absolutePath(), messages).context();
    context.insert(QStringLiteral("conversations"), people);
    int none = 0;
    Bench(QStringLiteral("fill"), arguments, none, nullptr)
        .report({QStringLiteral("fill_s"),
                 double(timer.elapsed()) / 1000,
                 QStringLiteral("s"),
                 Better::Lower,
                 {},
                 context});
    return 0;
}

Stores::Stores(const ProgramArguments &arguments) {
    if (arguments.has(QStringLiteral("store"))) {
        const QString folder = QFileInfo(arguments.value(QStringLiteral("store"))).absolutePath();
        m_all.push_back(measured(folder, messagesIn(folder)));
        return;
    }
    QString root = arguments.value(QStringLiteral("stores"));
    if (root.isEmpty())
        root = m_scratch.emplace().path(QStringLiteral("stores"));
    for (const int messages : {10'000, 100'000, 1'000'000}) {
        const QString folder = QDir(root).filePath(QString::number(messages));
        if (!QFileInfo::exists(fileIn(folder)) && !make(folder, conversations, messages))
            qFatal("a store could not be filled");
        m_all.push_back(measured(folder, messages));
    }
}

} // namespace longcode::bench
