#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <memory>
#include <mutex>
#include <random>
#include <vector>

namespace longcode::tests {

/// Everything this process writes through SQLite, as the disk is told of it: what was written where, and what
/// a sync promised. From that follows what a disk may hold after the power went at any moment: all that was
/// synced, and of later writes each one wholly, in part or not at all.
class Recording {
public:
    enum class Kind : quint8 { Write, Truncate, Remove, RemoveForGood, Sync };
    struct Operation {
        Kind kind;
        QString file; ///< name without folder
        qint64 offset = 0;
        QByteArray data;
    };

    /// From now on SQLite's files go through a recording. Once per process.
    static Recording &install();

    void add(Operation operation);
    /// Operations so far.
    [[nodiscard]] std::size_t size();
    /// All operations so far; what follows is recorded from the beginning.
    [[nodiscard]] std::vector<Operation> take();

private:
    std::mutex m_mutex;
    std::vector<Operation> m_operations;
};

/// What is on the disk while the recorded operations happen.
class Disk {
public:
    explicit Disk(std::vector<Recording::Operation> operations) : m_operations(std::move(operations)) {}
    /// Lets the operations up to number `count` happen. Only forwards.
    void runTo(std::size_t count);
    /// The power goes now: the files as found after it, in `folder`.
    [[nodiscard]] bool writeAfterCut(const QString &folder, std::mt19937 &random) const;

private:
    struct File {
        bool exists = true;
        QByteArray synced;
        std::vector<const Recording::Operation *> pending;
    };
    static void apply(File &file, const Recording::Operation &operation);
    static void tear(File &file, const Recording::Operation &operation, std::mt19937 &random);
    static File afterCut(const File &file, std::mt19937 &random);

    const std::vector<Recording::Operation> m_operations;
    std::size_t m_done = 0;
    QHash<QString, File> m_files;
};

} // namespace longcode::tests
