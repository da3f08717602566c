#pragma once

#include <QAbstractListModel>
#include <QString>
#include <QStringList>

namespace longcode::composer {

/// A line of resources/emoji/emoji.tsv.
struct Emoji {
    QString text;
    QString group; ///< "faces"
    QString name;  ///< "thumbs up"
    QString words; ///< more to find it by
};

[[nodiscard]] const QList<Emoji> &allEmoji();
[[nodiscard]] QStringList emojiGroups();

enum EmojiRole { EmojiTextRole = Qt::UserRole + 1 /* QString */, EmojiNameRole /* QString */ };

/// The emoji that fit a search, the recent ones first while there is none. UI thread.
class EmojiModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setRecent(const QStringList &recent);
    /// Every word must begin a word of the name, the group or the words to find it by. Empty: all.
    void narrow(const QString &filter, const QString &group);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    QStringList m_recent;
    QList<int> m_shown; ///< places in allEmoji()
};

} // namespace longcode::composer
