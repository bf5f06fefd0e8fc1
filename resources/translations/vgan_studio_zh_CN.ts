<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Arranging</name>
    <message>
        <source>Add track</source>
        <translation>添加轨道</translation>
    </message>
    <message>
        <source>Hide track</source>
        <translation>隐藏轨道</translation>
    </message>
    <message>
        <source>Mute track</source>
        <translation>轨道静音</translation>
    </message>
    <message>
        <source>Solo</source>
        <translation>独奏</translation>
    </message>
    <message>
        <source>Lock track</source>
        <translation>锁定轨道</translation>
    </message>
    <message>
        <source>Volume of {0}</source>
        <translation>{0} 的音量</translation>
    </message>
    <message>
        <source>Balance of {0}</source>
        <translation>{0} 的平衡</translation>
    </message>
    <message>
        <source>Remove track</source>
        <translation>移除轨道</translation>
    </message>
    <message>
        <source>Move track</source>
        <translation>移动轨道</translation>
    </message>
    <message>
        <source>Rename track</source>
        <translation>重命名轨道</translation>
    </message>
    <message>
        <source>Name of the track</source>
        <translation>轨道名称</translation>
    </message>
    <message>
        <source>Film settings</source>
        <translation>影片设置</translation>
    </message>
    <message>
        <source>Mark in</source>
        <translation>标记入点</translation>
    </message>
    <message>
        <source>Mark out</source>
        <translation>标记出点</translation>
    </message>
    <message>
        <source>Clear in and out</source>
        <translation>清除入点和出点</translation>
    </message>
    <message>
        <source>Remove marker</source>
        <translation>移除标记</translation>
    </message>
    <message>
        <source>Set marker</source>
        <translation>设置标记</translation>
    </message>
    <message>
        <source>Change marker</source>
        <translation>更改标记</translation>
    </message>
    <message>
        <source>Move marker</source>
        <translation>移动标记</translation>
    </message>
</context>
<context>
    <name>Badges</name>
    <message>
        <source>missing</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>定格</translation>
    </message>
    <message>
        <source>group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>静音</translation>
    </message>
</context>
<context>
    <name>Below</name>
    <message>
        <source>Subtitles can be a stream in MP4, MOV, MKV and WebM only; burn them in, or write a file.</source>
        <translation>只有 MP4、MOV、MKV 和 WebM 能容纳字幕流；请改为烧录，或写成文件。</translation>
    </message>
    <message>
        <source>There is no caption at the playhead.</source>
        <translation>播放头处没有字幕。</translation>
    </message>
    <message>
        <source>There are more than {0} captions on a track.</source>
        <translation>一条字幕轨上的字幕超过 {0} 条。</translation>
    </message>
    <message>
        <source>There is a caption at this frame already.</source>
        <translation>这一帧已经有字幕。</translation>
    </message>
    <message>
        <source>A caption begins in the film and has at least one frame.</source>
        <translation>字幕须在影片内开始，且至少有一帧。</translation>
    </message>
    <message>
        <source>There is another caption there.</source>
        <translation>那里已有另一条字幕。</translation>
    </message>
    <message>
        <source>A caption can be split only between its first and its last frame.</source>
        <translation>只能在字幕的首帧与末帧之间拆分。</translation>
    </message>
    <message>
        <source>There is no caption after this one.</source>
        <translation>后面没有别的字幕。</translation>
    </message>
    <message>
        <source>A caption would lie before the first frame or beyond the longest film.</source>
        <translation>字幕会落在第一帧之前或超出影片的最大长度。</translation>
    </message>
    <message>
        <source>There are no subtitles {0}.</source>
        <translation>没有第 {0} 条字幕轨。</translation>
    </message>
    <message>
        <source>There is no caption {0}.</source>
        <translation>没有第 {0} 条字幕。</translation>
    </message>
    <message>
        <source>{0} cannot hold subtitles as a stream.</source>
        <translation>{0} 无法容纳字幕流。</translation>
    </message>
    <message>
        <source>{0} is larger than {1} MiB; those are no subtitles.</source>
        <translation>{0} 超过 {1} MiB，不是字幕文件。</translation>
    </message>
    <message>
        <source>{0} holds no subtitles that this program can read: SubRip and WebVTT are known.</source>
        <translation>{0} 中没有本程序能读取的字幕：支持 SubRip 和 WebVTT。</translation>
    </message>
    <message>
        <source>{0} holds only pictures of words ({1}).</source>
        <translation>{0} 中只有图形字幕（{1}）。</translation>
    </message>
    <message>
        <source>{0} holds no subtitles.</source>
        <translation>{0} 中没有字幕。</translation>
    </message>
    <message>
        <source>{0} captions without words or without a length are left out.</source>
        <translation>略去了 {0} 条没有文字或没有时长的字幕。</translation>
    </message>
    <message>
        <source>{0} captions overlapped: each ends where the next one begins.</source>
        <translation>有 {0} 条字幕重叠：每条都在下一条开始处结束。</translation>
    </message>
    <message>
        <source>Only the first {0} captions are taken.</source>
        <translation>只读取前 {0} 条字幕。</translation>
    </message>
    <message>
        <source>The subtitles of {0} are damaged and end early.</source>
        <translation>{0} 的字幕已损坏，提前结束。</translation>
    </message>
    <message>
        <source>The file is not in UTF-8; it was read as Chinese (GB 18030).</source>
        <translation>文件不是 UTF-8 编码；已按中文（GB 18030）读取。</translation>
    </message>
    <message>
        <source>The file is not in UTF-8; it was read as Western European (Latin-1).</source>
        <translation>文件不是 UTF-8 编码；已按西欧语言（Latin-1）读取。</translation>
    </message>
    <message>
        <source>The subtitles are in {0}.</source>
        <translation>字幕保存在 {0}。</translation>
    </message>
    <message>
        <source>top</source>
        <translation>顶部</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>底部</translation>
    </message>
    <message>
        <source>{0} cannot be written: the folder is not open for it, or the disk is full.</source>
        <translation>无法写入 {0}：文件夹不可写，或磁盘已满。</translation>
    </message>
    <message>
        <source>There is no sound to make louder.</source>
        <translation>没有可以调响的声音。</translation>
    </message>
    <message>
        <source>A group needs two clips or more.</source>
        <translation>编组需要两个或更多片段。</translation>
    </message>
    <message>
        <source>These clips are in no group.</source>
        <translation>这些片段不在任何组中。</translation>
    </message>
    <message>
        <source>A clip of the same group has no room to follow. Make room on its track, or ungroup.</source>
        <translation>同组的一个片段没有空间跟随。请在其轨道上腾出空间，或取消编组。</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>Box color</source>
        <translation>方框颜色</translation>
    </message>
    <message>
        <source>The effects cannot be read: they are damaged.</source>
        <translation>无法读取效果：已损坏。</translation>
    </message>
    <message>
        <source>The effects cannot be read: the file is too large.</source>
        <translation>无法读取效果：文件过大。</translation>
    </message>
    <message>
        <source>The effects cannot be read: {0} has no {1}.</source>
        <translation>无法读取效果：{0} 没有 {1}。</translation>
    </message>
    <message>
        <source>The effects cannot be read: {0} of {1} does not fit.</source>
        <translation>无法读取效果：{1} 的 {0} 不合适。</translation>
    </message>
    <message>
        <source>The effects cannot be read: {0}</source>
        <translation>无法读取效果：{0}</translation>
    </message>
    <message>
        <source>A preset needs a name.</source>
        <translation>预设需要一个名称。</translation>
    </message>
    <message>
        <source>These are no effects.</source>
        <translation>这不是效果。</translation>
    </message>
    <message>
        <source>The effects were written by a newer version of this program.</source>
        <translation>这些效果由更新版本的程序写成。</translation>
    </message>
    <message>
        <source>There is no effect {0} here.</source>
        <translation>这里没有效果 {0}。</translation>
    </message>
    <message>
        <source>There is no folder {0}.</source>
        <translation>没有文件夹 {0}。</translation>
    </message>
    <message>
        <source>{0} is used by the film; choose another name.</source>
        <translation>影片正在使用 {0}；请换一个名称。</translation>
    </message>
    <message>
        <source>{0} needs pictures of at least {1} pixels.</source>
        <translation>{0} 需要至少 {1} 像素的画面。</translation>
    </message>
    <message>
        <source>A GIF has at most 50 pictures a second; choose another rate.</source>
        <translation>GIF 每秒最多 50 帧，请选择其他帧率。</translation>
    </message>
    <message>
        <source>The film has no sound.</source>
        <translation>影片没有声音。</translation>
    </message>
    <message>
        <source>There is nothing to export: the film has no frames there.</source>
        <translation>没有可导出的内容：影片在那里没有画面。</translation>
    </message>
    <message>
        <source>{0} media of the film are missing; find them first.</source>
        <translation>影片有 {0} 个媒体丢失；请先找到它们。</translation>
    </message>
    <message>
        <source>There is not enough room on the disk.</source>
        <translation>磁盘空间不足。</translation>
    </message>
    <message>
        <source>Nothing is shared with a neighbour.</source>
        <translation>没有与相邻片段重叠。</translation>
    </message>
    <message>
        <source>There is a transition already.</source>
        <translation>那里已经有转场。</translation>
    </message>
    <message>
        <source>There is no clip to split at the playhead.</source>
        <translation>播放头处没有可切开的片段。</translation>
    </message>
    <message>
        <source>There is no clip to trim at the playhead.</source>
        <translation>播放头处没有可修剪的片段。</translation>
    </message>
    <message>
        <source>There is no track there.</source>
        <translation>那里没有轨道。</translation>
    </message>
    <message>
        <source>There is no track to paste this clip to.</source>
        <translation>没有可粘贴该片段的轨道。</translation>
    </message>
    <message>
        <source>There is no such effect that all of these clips have.</source>
        <translation>这些片段没有这样的共同效果。</translation>
    </message>
    <message>
        <source>None of these clips lies at the playhead.</source>
        <translation>这些片段都不在播放头处。</translation>
    </message>
    <message>
        <source>A clip cannot be without what it shows.</source>
        <translation>片段不能没有它所显示的内容。</translation>
    </message>
    <message>
        <source>A clip has no more than {0} effects.</source>
        <translation>一个片段最多有 {0} 个效果。</translation>
    </message>
    <message>
        <source>The value of a key must have the shape of the other keys&apos; values.</source>
        <translation>关键帧的值必须与其他关键帧的形式相同。</translation>
    </message>
    <message>
        <source>A clip can be split only between its first and its last frame.</source>
        <translation>片段只能在首帧与末帧之间切开。</translation>
    </message>
    <message>
        <source>A clip keeps at least one frame.</source>
        <translation>片段至少保留一帧。</translation>
    </message>
    <message>
        <source>A clip would lie before the first frame or beyond the longest film.</source>
        <translation>片段会超出影片的开头或最大长度。</translation>
    </message>
    <message>
        <source>{0} is transparent, which a proxy cannot be.</source>
        <translation>{0} 带有透明度，无法生成代理。</translation>
    </message>
    <message>
        <source>A folder cannot lie in itself.</source>
        <translation>文件夹不能放在自身之内。</translation>
    </message>
    <message>
        <source>A folder needs a name.</source>
        <translation>文件夹需要一个名称。</translation>
    </message>
    <message>
        <source>A gain is one number.</source>
        <translation>增益是一个数字。</translation>
    </message>
    <message>
        <source>There are more than {0} folders, or more than {1} lie in each other.</source>
        <translation>文件夹超过 {0} 个，或嵌套超过 {1} 层。</translation>
    </message>
    <message>
        <source>There is a folder with this name already.</source>
        <translation>已有同名文件夹。</translation>
    </message>
    <message>
        <source>There is no such folder in the bin.</source>
        <translation>媒体列表中没有这个文件夹。</translation>
    </message>
    <message>
        <source>A generated picture cannot lie on an audio track.</source>
        <translation>生成的画面不能放在声音轨道上。</translation>
    </message>
    <message>
        <source>A medium without pictures cannot lie on a video track.</source>
        <translation>没有画面的媒体不能放在视频轨道上。</translation>
    </message>
    <message>
        <source>A medium without sound cannot lie on an audio track.</source>
        <translation>没有声音的媒体不能放在声音轨道上。</translation>
    </message>
    <message>
        <source>Only a clip of a medium on a video track has sound to detach.</source>
        <translation>只有视频轨道上的媒体片段才有可分离的声音。</translation>
    </message>
    <message>
        <source>That is no audio track, or there is no room on it.</source>
        <translation>那不是声音轨道，或没有空位。</translation>
    </message>
    <message>
        <source>The opacity of this clip changes in another way; its keys can be moved.</source>
        <translation>该片段的不透明度以其他方式变化；可移动其关键帧。</translation>
    </message>
    <message>
        <source>The fades do not fit into the clip.</source>
        <translation>淡入淡出超出了片段长度。</translation>
    </message>
    <message>
        <source>The file is no OpenTimelineIO file.</source>
        <translation>该文件不是 OpenTimelineIO 文件。</translation>
    </message>
    <message>
        <source>The frame rate can be changed only while the timeline has no clips.</source>
        <translation>只有时间线上没有片段时才能更改帧率。</translation>
    </message>
    <message>
        <source>The frame to freeze lies outside of the clip.</source>
        <translation>要定格的帧不在片段内。</translation>
    </message>
    <message>
        <source>The edge of a clip is frozen outwards only.</source>
        <translation>片段的边缘只能向外定格。</translation>
    </message>
    <message>
        <source>There is no picture to freeze at the playhead.</source>
        <translation>播放头处没有可定格的画面。</translation>
    </message>
    <message>
        <source>A sound has no picture to freeze.</source>
        <translation>声音没有可定格的画面。</translation>
    </message>
    <message>
        <source>The medium has no more material there.</source>
        <translation>媒体在那里没有更多素材。</translation>
    </message>
    <message>
        <source>The metadata of the project file are nested too deeply.</source>
        <translation>项目文件的元数据嵌套过深。</translation>
    </message>
    <message>
        <source>The out point must come after the in point.</source>
        <translation>出点必须在入点之后。</translation>
    </message>
    <message>
        <source>The project file has a clip that begins before the film or is too long.</source>
        <translation>项目文件中有片段超出影片开头或过长。</translation>
    </message>
    <message>
        <source>The project file has a time whose rate is not positive, or out of bounds.</source>
        <translation>项目文件中有时间的速率不是正数或超出范围。</translation>
    </message>
    <message>
        <source>The project file has too many parts.</source>
        <translation>项目文件的部分过多。</translation>
    </message>
    <message>
        <source>The project file is damaged: it has a number out of bounds.</source>
        <translation>项目文件已损坏：有数字超出范围。</translation>
    </message>
    <message>
        <source>The project file is damaged: it is not JSON.</source>
        <translation>项目文件已损坏：不是 JSON。</translation>
    </message>
    <message>
        <source>The project file is damaged: it is not as OpenTimelineIO files are.</source>
        <translation>项目文件已损坏：不符合 OpenTimelineIO 的格式。</translation>
    </message>
    <message>
        <source>The project file is nested too deeply.</source>
        <translation>项目文件嵌套过深。</translation>
    </message>
    <message>
        <source>The project file was written by a newer OpenTimelineIO than this program has.</source>
        <translation>项目文件由更新版本的 OpenTimelineIO 写成。</translation>
    </message>
    <message>
        <source>The project file was written by a newer version of this program, and some of it would be lost here. Open it with that version.</source>
        <translation>该工程文件由本程序的较新版本写入，在此打开会丢失其中一部分内容。请用该版本打开。</translation>
    </message>
    <message>
        <source>The range to take out is empty or begins before the film.</source>
        <translation>要取出的范围为空或在影片之前。</translation>
    </message>
    <message>
        <source>There is a transition at this frame. Shorten or remove it first.</source>
        <translation>这一帧处有转场。请先缩短或移除它。</translation>
    </message>
    <message>
        <source>There is no clip just before this one.</source>
        <translation>该片段之前没有紧邻的片段。</translation>
    </message>
    <message>
        <source>There is no clip just after this one.</source>
        <translation>该片段之后没有紧邻的片段。</translation>
    </message>
    <message>
        <source>There is no gap between clips at this frame.</source>
        <translation>这一帧处没有片段间的空隙。</translation>
    </message>
    <message>
        <source>There is no key on this frame, or there is one already where it is to go.</source>
        <translation>这一帧没有关键帧，或目标处已有关键帧。</translation>
    </message>
    <message>
        <source>There is no key on this frame.</source>
        <translation>这一帧没有关键帧。</translation>
    </message>
    <message>
        <source>There is no room after the clip for this speed.</source>
        <translation>以此速度播放时片段之后没有空位。</translation>
    </message>
    <message>
        <source>There is no room after the clip.</source>
        <translation>片段之后没有空位。</translation>
    </message>
    <message>
        <source>There is no room before the clip.</source>
        <translation>片段之前没有空位。</translation>
    </message>
    <message>
        <source>There is no room to slide the clip so far.</source>
        <translation>没有空位把片段滑动那么远。</translation>
    </message>
    <message>
        <source>There is no such place among the effects.</source>
        <translation>效果中没有这个位置。</translation>
    </message>
    <message>
        <source>No effect of these clips has a seed that is not locked.</source>
        <translation>这些片段的效果都没有未锁定的种子。</translation>
    </message>
    <message>
        <source>There is no such place for a track.</source>
        <translation>没有这样的轨道位置。</translation>
    </message>
    <message>
        <source>There is no such step in the history.</source>
        <translation>历史中没有这一步。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的内容。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的内容。</translation>
    </message>
    <message>
        <source>This clip cannot be stretched to there.</source>
        <translation>该片段无法伸缩到那里。</translation>
    </message>
    <message>
        <source>This clip has no transition.</source>
        <translation>该片段没有转场。</translation>
    </message>
    <message>
        <source>This clip shows a medium, which has no parameters.</source>
        <translation>该片段显示的是媒体，没有参数。</translation>
    </message>
    <message>
        <source>This medium has no sound.</source>
        <translation>该媒体没有声音。</translation>
    </message>
    <message>
        <source>The last edits cannot be kept for recovery: {0}. Save the film elsewhere.</source>
        <translation>最近的编辑无法保留以供恢复：{0}。请将影片保存到别处。</translation>
    </message>
    <message>
        <source>Nothing can be written beside the film: {0}. Edits are kept in the program&apos;s own folder.</source>
        <translation>无法在影片旁边写入：{0}。编辑保留在程序自己的文件夹中。</translation>
    </message>
    <message>
        <source>{0} in the project reads {1}, which is outside of its folder; it is switched off until you switch it on.</source>
        <translation>项目中的 {0} 读取其文件夹之外的 {1}；在您启用之前它处于关闭状态。</translation>
    </message>
    <message>
        <source>The other file lacks the pictures or the sound of this medium.</source>
        <translation>另一个文件没有此媒体所具有的画面或声音。</translation>
    </message>
    <message>
        <source>This medium is not in the bin.</source>
        <translation>该媒体不在媒体列表中。</translation>
    </message>
    <message>
        <source>This medium is used by clips. Take them away first.</source>
        <translation>有片段正在使用该媒体。请先移除它们。</translation>
    </message>
    <message>
        <source>The project file does not say how long the clip {0} is.</source>
        <translation>项目文件没有说明片段 {0} 的长度。</translation>
    </message>
    <message>
        <source>A speed lies between 1/{0} and {1}, or is 0.</source>
        <translation>速度应在 1/{0} 与 {1} 之间，或为 0。</translation>
    </message>
    <message>
        <source>The address {0} in the project file cannot be read.</source>
        <translation>无法读取项目文件中的地址 {0}。</translation>
    </message>
    <message>
        <source>The file holds a {0}, but no timeline.</source>
        <translation>文件中有 {0}，但没有时间线。</translation>
    </message>
    <message>
        <source>The parameter {0} has no keys.</source>
        <translation>参数 {0} 没有关键帧。</translation>
    </message>
    <message>
        <source>The project file cannot be used. {0}</source>
        <translation>项目文件无法使用。{0}</translation>
    </message>
    <message>
        <source>The project file has an object {0} where none can be understood.</source>
        <translation>项目文件中的对象 {0} 无法理解。</translation>
    </message>
    <message>
        <source>The project file is damaged: it has a number that is {0}.</source>
        <translation>项目文件已损坏：有数字为 {0}。</translation>
    </message>
    <message>
        <source>The project file is damaged: {0} in its own data cannot be read.</source>
        <translation>项目文件已损坏：无法读取其中的 {0}。</translation>
    </message>
    <message>
        <source>The project file is larger than {0} MiB.</source>
        <translation>项目文件大于 {0} MiB。</translation>
    </message>
    <message>
        <source>There is no clip {0} in this timeline.</source>
        <translation>时间线上没有片段 {0}。</translation>
    </message>
    <message>
        <source>There is no marker {0}.</source>
        <translation>没有标记 {0}。</translation>
    </message>
    <message>
        <source>There is no room between these clips for so long a transition.</source>
        <translation>这两个片段之间没有足够空间放这么长的转场。</translation>
    </message>
    <message>
        <source>There is no room at the start of this clip for so long a transition.</source>
        <translation>该片段开头没有足够空间放这么长的转场。</translation>
    </message>
    <message>
        <source>There is no room {0} for so long a transition.</source>
        <translation>没有足够空间（{0}）放这么长的转场。</translation>
    </message>
    <message>
        <source>There is no track {0}.</source>
        <translation>没有轨道 {0}。</translation>
    </message>
    <message>
        <source>This clip has no effect {0}.</source>
        <translation>该片段没有效果 {0}。</translation>
    </message>
    <message>
        <source>Track {0} is locked. Unlock it first.</source>
        <translation>轨道 {0} 已锁定。请先解锁。</translation>
    </message>
    <message>
        <source>{0} is not the file that was {1}: its content differs.</source>
        <translation>{0} 不是原来的文件 {1}：内容不同。</translation>
    </message>
    <message>
        <source>Cannot open {0}: {1}.</source>
        <translation>无法打开 {0}：{1}。</translation>
    </message>
    <message>
        <source>Cannot write {0}: {1}.</source>
        <translation>无法写入 {0}：{1}。</translation>
    </message>
    <message>
        <source>Cannot read {0}: it is not a file.</source>
        <translation>无法读取 {0}：它不是文件。</translation>
    </message>
    <message>
        <source>Cannot read {0}: {1}.</source>
        <translation>无法读取 {0}：{1}。</translation>
    </message>
    <message>
        <source>Cannot decode {0}: {1}.</source>
        <translation>无法解码 {0}：{1}。</translation>
    </message>
    <message>
        <source>Cannot decode the sound of {0}.</source>
        <translation>无法解码 {0} 的声音。</translation>
    </message>
    <message>
        <source>{0} holds neither pictures nor sound.</source>
        <translation>{0} 中既没有画面也没有声音。</translation>
    </message>
    <message>
        <source>{0} can no longer be read.</source>
        <translation>{0} 已无法读取。</translation>
    </message>
    <message>
        <source>{0} is a source of this film; choose another name.</source>
        <translation>{0} 是影片的素材；请换一个名称。</translation>
    </message>
    <message>
        <source>{0} is there already; name a new folder.</source>
        <translation>{0} 已经存在；请使用新的文件夹名。</translation>
    </message>
    <message>
        <source>{0} was not written right: {1}.</source>
        <translation>{0} 没有正确写入：{1}。</translation>
    </message>
    <message>
        <source>The folder for {0} is not there: {1}.</source>
        <translation>{0} 的文件夹不存在：{1}。</translation>
    </message>
    <message>
        <source>{0} is not the file it was when it was taken in; relink it.</source>
        <translation>{0} 与导入时的文件不同；请重新链接。</translation>
    </message>
    <message>
        <source>{0} needs more memory than there is.</source>
        <translation>{0} 需要的内存超过现有内存。</translation>
    </message>
    <message>
        <source>{0} failed by a fault of the program ({1}): switch it off to see the rest.</source>
        <translation>{0} 因程序错误而失败（{1}）：将其关闭即可看到其余部分。</translation>
    </message>
    <message>
        <source>This picture failed by a fault of the program: {0}.</source>
        <translation>此画面因程序错误而失败：{0}。</translation>
    </message>
    <message>
        <source>There is no model for {0}. Found: {1}.</source>
        <translation>没有用于 {0} 的模型。已找到：{1}。</translation>
    </message>
    <message>
        <source>The film has no frames in this range.</source>
        <translation>影片在该范围内没有画面。</translation>
    </message>
    <message>
        <source>Its rate varies ({0} on average).</source>
        <translation>帧率可变（平均 {0}）。</translation>
    </message>
    <message>
        <source>HDR ({0}): shown in standard range.</source>
        <translation>HDR（{0}）：以标准范围显示。</translation>
    </message>
    <message>
        <source>The file ends after {0} s, earlier than it says.</source>
        <translation>文件在 {0} 秒后结束，比标明的要早。</translation>
    </message>
    <message>
        <source>The file breaks off in the midst of its data.</source>
        <translation>文件在数据中途断开，缺少结尾。</translation>
    </message>
    <message>
        <source>a number from {0} to {1} heights</source>
        <translation>{0} 到 {1} 倍画面高度的数字</translation>
    </message>
    <message>
        <source>a number from {0} to {1} % of the height</source>
        <translation>{0} 到 {1} 之间的数（画面高度的百分比）</translation>
    </message>
    <message>
        <source>a number from {0} to {1} % of the width</source>
        <translation>{0} 到 {1} 之间的数（画面宽度的百分比）</translation>
    </message>
    <message>
        <source>a number from {0} to {1} degrees</source>
        <translation>{0} 到 {1} 度的数字</translation>
    </message>
    <message>
        <source>a number from {0} to {1} stops</source>
        <translation>{0} 到 {1} 挡的数字</translation>
    </message>
    <message>
        <source>a number from {0} to {1} levels</source>
        <translation>{0} 到 {1} 级的数字</translation>
    </message>
    <message>
        <source>a number from {0} to {1} of the height</source>
        <translation>{0} 到 {1}（高度的比例）</translation>
    </message>
    <message>
        <source>a number from {0} to {1} of the width</source>
        <translation>{0} 到 {1}（宽度的比例）</translation>
    </message>
    <message>
        <source>a number from {0} to {1} of the way</source>
        <translation>{0} 到 {1} 倍距离的数字</translation>
    </message>
    <message>
        <source>a number from {0} to {1} % of the way</source>
        <translation>距离的 {0} 到 {1} % 的数字</translation>
    </message>
    <message>
        <source>a number from {0} to {1} %</source>
        <translation>{0} 到 {1} % 的数字</translation>
    </message>
    <message>
        <source>a number from {0} to {1}</source>
        <translation>{0} 到 {1} 的数字</translation>
    </message>
    <message>
        <source>a whole number from {0} to {1} pixels</source>
        <translation>{0} 到 {1} 像素的整数</translation>
    </message>
    <message>
        <source>a whole number from {0} to {1}</source>
        <translation>{0} 到 {1} 的整数</translation>
    </message>
    <message>
        <source>{0} numbers, each from {1} to {2} heights</source>
        <translation>{0} 个数字，各为 {1} 到 {2} 倍画面高度</translation>
    </message>
    <message>
        <source>{0} numbers, each from {1} to {2} % of the height</source>
        <translation>{0} 个数，各在 {1} 到 {2} 之间（画面高度的百分比）</translation>
    </message>
    <message>
        <source>{0} numbers, each from {1} to {2} of the picture</source>
        <translation>{0} 个数字，各为 {1} 到 {2} 倍画面边长</translation>
    </message>
    <message>
        <source>{0} numbers, each from {1} to {2} % of the picture</source>
        <translation>{0} 个数字，各为画面边长的 {1} 到 {2} %</translation>
    </message>
    <message>
        <source>{0} numbers, each from {1} to {2} %</source>
        <translation>{0} 个数字，各为 {1} 到 {2} %</translation>
    </message>
    <message>
        <source>{0} numbers, each from {1} to {2}</source>
        <translation>{0} 个数字，各为 {1} 到 {2}</translation>
    </message>
    <message>
        <source>{0} to {1} points x0,y0,x1,y1,..., each number from {2} to {3}, x rising by {4} or more</source>
        <translation>{0} 到 {1} 个点 x0,y0,x1,y1,...，数字为 {2} 到 {3}，x 每次至少增加 {4}</translation>
    </message>
    <message>
        <source>{0} to {1} corners x0,y0,x1,y1,..., each number from {2} to {3}</source>
        <translation>{0} 到 {1} 个顶点 x0,y0,x1,y1,...，数字为 {2} 到 {3}</translation>
    </message>
    <message>
        <source>a colour: #rrggbb, #rrggbbaa, or 3 or 4 numbers from 0 to 1</source>
        <translation>颜色：#rrggbb、#rrggbbaa，或 3 到 4 个 0 到 1 的数字</translation>
    </message>
    <message>
        <source>a file named {0}</source>
        <translation>名为 {0} 的文件</translation>
    </message>
    <message>
        <source>a text of at most {0} characters</source>
        <translation>最多 {0} 个字符的文字</translation>
    </message>
    <message>
        <source>on or off</source>
        <translation>开或关</translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation>以下之一：{0}</translation>
    </message>
    <message>
        <source>the name of a model for {0}</source>
        <translation>用于 {0} 的模型名称</translation>
    </message>
    <message>
        <source>Blank</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>Chroma key</source>
        <translation>色键抠像</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Denoise</source>
        <translation>降噪</translation>
    </message>
    <message>
        <source>Dip to colour</source>
        <translation>经颜色过渡</translation>
    </message>
    <message>
        <source>Dissolve</source>
        <translation>叠化</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适配</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>Grain</source>
        <translation>颗粒</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>LUT</source>
        <translation>查找表 (LUT)</translation>
    </message>
    <message>
        <source>Lift, gamma, gain</source>
        <translation>暗部、中间调、亮部</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>推移</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>Temporal mean</source>
        <translation>时间平均</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Upscale</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Vignette</source>
        <translation>暗角</translation>
    </message>
    <message>
        <source>White balance</source>
        <translation>白平衡</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>划像</translation>
    </message>
    <message>
        <source>Against</source>
        <translation>针对</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Anchor</source>
        <translation>锚点</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Aspect</source>
        <translation>宽高比</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>粗体</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>下</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Crisp</source>
        <translation>清晰</translation>
    </message>
    <message>
        <source>Diameter</source>
        <translation>直径</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>增益</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>伽马</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Horizontal</source>
        <translation>水平</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>斜体</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>抠除色</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Lift</source>
        <translation>提升</translation>
    </message>
    <message>
        <source>Line spacing</source>
        <translation>行距</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>遮罩</translation>
    </message>
    <message>
        <source>Mask center</source>
        <translation>遮罩中心</translation>
    </message>
    <message>
        <source>Mask color</source>
        <translation>遮罩颜色</translation>
    </message>
    <message>
        <source>Mask feather</source>
        <translation>遮罩羽化</translation>
    </message>
    <message>
        <source>Mask invert</source>
        <translation>遮罩反转</translation>
    </message>
    <message>
        <source>Mask points</source>
        <translation>遮罩顶点</translation>
    </message>
    <message>
        <source>Mask range</source>
        <translation>遮罩范围</translation>
    </message>
    <message>
        <source>Mask reach</source>
        <translation>遮罩扩展</translation>
    </message>
    <message>
        <source>Mask size</source>
        <translation>遮罩尺寸</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>总</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>描边</translation>
    </message>
    <message>
        <source>Outline color</source>
        <translation>描边颜色</translation>
    </message>
    <message>
        <source>Pivot</source>
        <translation>中点</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Seed locked</source>
        <translation>种子已锁定</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>阴影</translation>
    </message>
    <message>
        <source>Shadow color</source>
        <translation>阴影颜色</translation>
    </message>
    <message>
        <source>Shadow softness</source>
        <translation>阴影柔和度</translation>
    </message>
    <message>
        <source>Sigma</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Softness</source>
        <translation>柔和度</translation>
    </message>
    <message>
        <source>Spill</source>
        <translation>溢色</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Stops</source>
        <translation>挡</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>拉伸</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>色温</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>纹理</translation>
    </message>
    <message>
        <source>Tint</source>
        <translation>色调</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>Vertical</source>
        <translation>垂直</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>center</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>chroma</source>
        <translation>色度</translation>
    </message>
    <message>
        <source>crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>down</source>
        <translation>下</translation>
    </message>
    <message>
        <source>ellipse</source>
        <translation>椭圆</translation>
    </message>
    <message>
        <source>fill</source>
        <translation>填满</translation>
    </message>
    <message>
        <source>fit</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>luma</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>polygon</source>
        <translation>多边形</translation>
    </message>
    <message>
        <source>rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>stretch</source>
        <translation>拉伸</translation>
    </message>
    <message>
        <source>up</source>
        <translation>上</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Luma</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Dissolve from black</source>
        <translation>从黑场叠化</translation>
    </message>
    <message>
        <source>Deblur</source>
        <translation>去模糊</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Interpolate</source>
        <translation>插帧</translation>
    </message>
    <message>
        <source>Keep colours</source>
        <translation>保留颜色</translation>
    </message>
    <message>
        <source>Mix</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>Picture 2</source>
        <translation>画面 2</translation>
    </message>
    <message>
        <source>Picture 3</source>
        <translation>画面 3</translation>
    </message>
    <message>
        <source>Picture 4</source>
        <translation>画面 4</translation>
    </message>
    <message>
        <source>Picture 5</source>
        <translation>画面 5</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>第二种</translation>
    </message>
    <message>
        <source>Stabilise</source>
        <translation>去闪烁</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Stylize</source>
        <translation>风格化</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>codec</source>
        <translation>压缩痕迹</translation>
    </message>
    <message>
        <source>delaunay</source>
        <translation>德劳内</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>精细</translation>
    </message>
    <message>
        <source>gauguin</source>
        <translation>高更</translation>
    </message>
    <message>
        <source>hokusai</source>
        <translation>北斋</translation>
    </message>
    <message>
        <source>kandinsky</source>
        <translation>康定斯基</translation>
    </message>
    <message>
        <source>kirchner</source>
        <translation>基希纳</translation>
    </message>
    <message>
        <source>klimt</source>
        <translation>克里姆特</translation>
    </message>
    <message>
        <source>monet</source>
        <translation>莫奈</translation>
    </message>
    <message>
        <source>munch</source>
        <translation>蒙克</translation>
    </message>
    <message>
        <source>renoir</source>
        <translation>雷诺阿</translation>
    </message>
    <message>
        <source>turner</source>
        <translation>透纳</translation>
    </message>
    <message>
        <source>van-gogh</source>
        <translation>梵高</translation>
    </message>
    <message>
        <source>van-gogh-arles</source>
        <translation>梵高（阿尔勒）</translation>
    </message>
    <message>
        <source>{0} broke the program that looked at it, and is refused ({1}).</source>
        <translation>{0} 使检查它的程序崩溃，已拒绝（{1}）。</translation>
    </message>
    <message>
        <source>{0} cannot be the name of a model: letters, digits, dots, dashes.</source>
        <translation>{0} 不能作为模型名称：只能用字母、数字、点和短横线。</translation>
    </message>
    <message>
        <source>There is a model called {0} already; give this one another --name, or remove that one.</source>
        <translation>已有名为 {0} 的模型；请换个名称，或先移除那一个。</translation>
    </message>
    <message>
        <source>{0} took longer than {1} seconds to be looked at, and is refused.</source>
        <translation>检查 {0} 超过 {1} 秒，已拒绝。</translation>
    </message>
    <message>
        <source>{0} gives another picture after it was written anew.</source>
        <translation>{0} 重新写入后给出的画面不同。</translation>
    </message>
    <message>
        <source>{0} is a model for {1}: it cannot be used for {2}.</source>
        <translation>{0} 是用于 {1} 的模型，不能用于 {2}。</translation>
    </message>
    <message>
        <source>{0} holds tensors of a kind that no network here has.</source>
        <translation>{0} 含有这里任何网络都没有的张量类型。</translation>
    </message>
    <message>
        <source>{0} is damaged: its tensors are larger than the file.</source>
        <translation>{0} 已损坏：其张量比文件还大。</translation>
    </message>
    <message>
        <source>Files of PyTorch are opened with torch 2.10 or later; this is {0}.</source>
        <translation>PyTorch 文件需要 torch 2.10 或更新版本打开；当前为 {0}。</translation>
    </message>
    <message>
        <source>{0} gives no numbers: its weights are damaged.</source>
        <translation>{0} 得不出数值：其权重已损坏。</translation>
    </message>
    <message>
        <source>{0} gives a picture of {1} for {2}.</source>
        <translation>{0} 对 {2} 给出了 {1} 的画面。</translation>
    </message>
    <message>
        <source>{0} enlarges {1} times: it cannot be used for {2}.</source>
        <translation>{0} 放大 {1} 倍，不能用于 {2}。</translation>
    </message>
    <message>
        <source>{0} restores pictures, but does not say from what: give --task denoise or --task deblur.</source>
        <translation>{0} 用于修复画面，但没有说明修复什么：请选择降噪或去模糊。</translation>
    </message>
    <message>
        <source>Models from elsewhere need spandrel: install vgan-studio[community].</source>
        <translation>外来模型需要 spandrel：请安装 vgan-studio[community]。</translation>
    </message>
    <message>
        <source>{0} is damaged: its tensors cannot be read.</source>
        <translation>{0} 已损坏：无法读取其张量。</translation>
    </message>
    <message>
        <source>{0} holds more than numbers ({1}); it could run as a program and is refused.</source>
        <translation>{0} 含有数值以外的内容（{1}），可能作为程序运行，已拒绝。</translation>
    </message>
    <message>
        <source>{0} holds more than numbers; it could run as a program and is refused.</source>
        <translation>{0} 含有数值以外的内容，可能作为程序运行，已拒绝。</translation>
    </message>
    <message>
        <source>{0} is damaged: it cannot be read to its end.</source>
        <translation>{0} 已损坏：无法读到结尾。</translation>
    </message>
    <message>
        <source>{0} is packed so that it grows when it is opened, which PyTorch&apos;s own files never are.</source>
        <translation>{0} 的打包方式会在打开时膨胀，PyTorch 自己的文件从不如此。</translation>
    </message>
    <message>
        <source>{0} is not a weights file of PyTorch, or is damaged.</source>
        <translation>{0} 不是 PyTorch 权重文件，或已损坏。</translation>
    </message>
    <message>
        <source>{0} is too large for a model: over {1} MiB.</source>
        <translation>{0} 作为模型太大：超过 {1} MiB。</translation>
    </message>
    <message>
        <source>{0} is not a safetensors file, or is damaged: its header has no sane length.</source>
        <translation>{0} 不是 safetensors 文件，或已损坏：文件头长度不合理。</translation>
    </message>
    <message>
        <source>{0} is not a safetensors file, or is damaged: its header is not JSON.</source>
        <translation>{0} 不是 safetensors 文件，或已损坏：文件头不是 JSON。</translation>
    </message>
    <message>
        <source>{0} is not a safetensors file, or is damaged: its header is no table.</source>
        <translation>{0} 不是 safetensors 文件，或已损坏：文件头不是表。</translation>
    </message>
    <message>
        <source>{0} is damaged: it is cut off, or no archive of PyTorch&apos;s.</source>
        <translation>{0} 已损坏：内容被截断，或不是 PyTorch 归档。</translation>
    </message>
    <message>
        <source>{0} is mislabelled: its tensors are of {1} at a scale of {2}.</source>
        <translation>{0} 标注有误：其张量属于 {1}，倍率为 {2}。</translation>
    </message>
    <message>
        <source>{0} is a network from elsewhere, for which spandrel is needed: install vgan-studio[community].</source>
        <translation>{0} 是外来网络，需要 spandrel：请安装 vgan-studio[community]。</translation>
    </message>
    <message>
        <source>{0} holds {1} tensors: that is no network.</source>
        <translation>{0} 含有 {1} 个张量：这不是网络。</translation>
    </message>
    <message>
        <source>{0} is for {1}; only networks that enlarge or restore can be used.</source>
        <translation>{0} 用于 {1}；只能使用放大或修复画面的网络。</translation>
    </message>
    <message>
        <source>{0} makes {1} channels of {2}; only 3 of 3, or 1 of 1, can be used.</source>
        <translation>{0} 由 {2} 个通道得出 {1} 个；只支持 3 对 3 或 1 对 1。</translation>
    </message>
    <message>
        <source>{0} enlarges {1} times; at most {2} times is possible.</source>
        <translation>{0} 放大 {1} 倍；最多 {2} 倍。</translation>
    </message>
    <message>
        <source>{0} is of no architecture that spandrel knows.</source>
        <translation>{0} 不属于 spandrel 认识的任何结构。</translation>
    </message>
    <message>
        <source>{0} has tensors that do not fit together: {1}.</source>
        <translation>{0} 的张量互不匹配：{1}。</translation>
    </message>
    <message>
        <source>{0} is damaged: a tensor is called {1}.</source>
        <translation>{0} 已损坏：有张量名为 {1}。</translation>
    </message>
    <message>
        <source>{0} is damaged: {1} has the shape {2}.</source>
        <translation>{0} 已损坏：{1} 的形状为 {2}。</translation>
    </message>
    <message>
        <source>{0} is damaged: {1} holds numbers that are none.</source>
        <translation>{0} 已损坏：{1} 含有无效数值。</translation>
    </message>
    <message>
        <source>{0} holds weights, but does not say of what: it has no card of ours.</source>
        <translation>{0} 含有权重，但没有说明是什么：没有我们的卡片。</translation>
    </message>
    <message>
        <source>{0} is damaged or was changed: its digest is not the one on its card.</source>
        <translation>{0} 已损坏或被改动：摘要与卡片上的不同。</translation>
    </message>
    <message>
        <source>{0} lies in {1} and stays: only your own models can be removed.</source>
        <translation>{0} 位于 {1}，会保留：只能移除您自己的模型。</translation>
    </message>
    <message>
        <source>{0} is of the architecture {1}, which this program does not know.</source>
        <translation>{0} 的结构为 {1}，本程序不认识。</translation>
    </message>
    <message>
        <source>{0} asks for a network of impossible size: {1}.</source>
        <translation>{0} 要求大小不可能的网络：{1}。</translation>
    </message>
    <message>
        <source>{0} has a card that cannot be understood: {1}.</source>
        <translation>{0} 的卡片无法理解：{1}。</translation>
    </message>
    <message>
        <source>{0} is mislabelled: scale, reach and multiple are not those of its network.</source>
        <translation>{0} 标注有误：倍率、视野和整数倍与其网络不符。</translation>
    </message>
    <message>
        <source>{0} is mislabelled: its tensors are not those of its network, e.g. {1}.</source>
        <translation>{0} 标注有误：其张量与网络不符，例如 {1}。</translation>
    </message>
    <message>
        <source>{0} is mislabelled: {1} has the wrong shape or type.</source>
        <translation>{0} 标注有误：{1} 的形状或类型不对。</translation>
    </message>
    <message>
        <source>{0} is mislabelled: {1} is not what its network has in that place.</source>
        <translation>{0} 标注有误：{1} 与其网络在该处的内容不同。</translation>
    </message>
    <message>
        <source>Cannot remove {0}: {1}.</source>
        <translation>无法移除 {0}：{1}。</translation>
    </message>
    <message>
        <source>There is no model {0} here, for which an effect asks.</source>
        <translation>效果所需的模型 {0} 不在这里。</translation>
    </message>
    <message>
        <source>The model {0} was changed while the film was written; export it again.</source>
        <translation>写入影片时模型 {0} 被改动；请重新导出。</translation>
    </message>
    <message>
        <source>There is no model {0}.</source>
        <translation>没有模型 {0}。</translation>
    </message>
    <message>
        <source>Content credentials go into {0}; {1} is something else.</source>
        <translation>内容凭证只能写入 {0}；{1} 是别的格式。</translation>
    </message>
    <message>
        <source>{0} could not be signed: {1}.</source>
        <translation>{0} 无法签名：{1}。</translation>
    </message>
    <message>
        <source>{0} cannot sign films: {1}.</source>
        <translation>{0} 不能用来签名：{1}。</translation>
    </message>
    <message>
        <source>The private key is no PEM file, or it is encrypted; decrypt it first.</source>
        <translation>私钥不是 PEM 文件，或已加密；请先解密。</translation>
    </message>
    <message>
        <source>The private key is of a kind that content credentials do not know.</source>
        <translation>内容凭证不认识这种私钥。</translation>
    </message>
    <message>
        <source>upscale</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>denoise</source>
        <translation>降噪</translation>
    </message>
    <message>
        <source>deblur</source>
        <translation>去模糊</translation>
    </message>
    <message>
        <source>stylize</source>
        <translation>风格化</translation>
    </message>
    <message>
        <source>translate</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>interpolate</source>
        <translation>插帧</translation>
    </message>
    <message>
        <source>features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>upscale-crisp</source>
        <translation>放大（清晰）</translation>
    </message>
    <message>
        <source>deblur-crisp</source>
        <translation>去模糊（清晰）</translation>
    </message>
    <message>
        <source>features-measure</source>
        <translation>特征（测量）</translation>
    </message>
    <message>
        <source>Signed as AI-modified.</source>
        <translation>已签名标注为 AI 修改。</translation>
    </message>
    <message>
        <source>{0} pictures were compared with the preview: {1} equal.</source>
        <translation>已将 {0} 个画面与预览比较：{1} 个相同。</translation>
    </message>
    <message>
        <source>{0} pictures were compared with the preview: {1} equal, {2} within tolerance.</source>
        <translation>已将 {0} 个画面与预览比较：{1} 个相同，{2} 个在容差内。</translation>
    </message>
    <message>
        <source>{0} pictures were compared with the preview: {1} within tolerance.</source>
        <translation>已将 {0} 个画面与预览比较：{1} 个在容差内。</translation>
    </message>
    <message>
        <source>{0} pictures were compared with the preview: {1} equal, {2} different.</source>
        <translation>已将 {0} 个画面与预览比较：{1} 个相同，{2} 个不同。</translation>
    </message>
    <message>
        <source>{0} pictures were compared with the preview: {1} different.</source>
        <translation>已将 {0} 个画面与预览比较：{1} 个不同。</translation>
    </message>
    <message>
        <source>No network took part: there was nothing to compare with the preview.</source>
        <translation>没有网络参与：没有可与预览比较的内容。</translation>
    </message>
    <message>
        <source>What it was made of is in {0}.</source>
        <translation>制作信息在 {0} 中。</translation>
    </message>
    <message>
        <source>Content credentials, read back: {0}, signed by {1}, networks: {2}.</source>
        <translation>内容凭证读回：{0}，签名者 {1}，网络：{2}。</translation>
    </message>
    <message>
        <source>No content credentials were found in the film.</source>
        <translation>影片中没有找到内容凭证。</translation>
    </message>
    <message>
        <source>Content credentials need c2pa-python, which is not here: install vgan-studio[credentials].</source>
        <translation>内容凭证需要 c2pa-python：请安装 vgan-studio[credentials]。</translation>
    </message>
    <message>
        <source>Step {0}: {1} of {2} levels apart from the next frame.</source>
        <translation>第 {0} 步：与下一帧相差 {1} 级（原为 {2} 级）。</translation>
    </message>
    <message>
        <source>Looking at the film …</source>
        <translation>正在查看影片 …</translation>
    </message>
    <message>
        <source>{0} could not be learnt from: {1}</source>
        <translation>无法从 {0} 学习：{1}</translation>
    </message>
    <message>
        <source>There is no film of four frames or more to learn from in {0}.</source>
        <translation>{0} 中没有可供学习的四帧以上的影片。</translation>
    </message>
    <message>
        <source>Takes away what H.264 leaves at low rates: blocks, rings around edges, crawling.</source>
        <translation>去除 H.264 在低码率下留下的痕迹：方块、边缘振铃、闪动。</translation>
    </message>
    <message>
        <source>Texture that the codec has thrown away does not come back.</source>
        <translation>编码器丢弃的纹理无法找回。</translation>
    </message>
    <message>
        <source>Makes films sharp and makes up fine texture; a little less near to the truth.</source>
        <translation>使影片清晰并补出细致纹理；与真实略有偏离。</translation>
    </message>
    <message>
        <source>It may invent texture that was not there. Smears longer than some 20 pixels stay smears.</source>
        <translation>可能补出原本没有的纹理。长于约 20 像素的拖影仍是拖影。</translation>
    </message>
    <message>
        <source>Makes films sharp that are blurred by motion or out of focus.</source>
        <translation>使因运动或失焦而模糊的影片变清晰。</translation>
    </message>
    <message>
        <source>Smears longer than some 20 pixels stay smears.</source>
        <translation>长于约 20 像素的拖影仍是拖影。</translation>
    </message>
    <message>
        <source>Takes noise out of films and pictures; it was never shown a clean one.</source>
        <translation>去除影片和图片中的噪点；训练时从未见过干净的画面。</translation>
    </message>
    <message>
        <source>Very fine, faint texture goes with the noise. Traces of codecs are no noise to it.</source>
        <translation>极细而微弱的纹理会随噪点一起消失。编码痕迹对它而言不是噪点。</translation>
    </message>
    <message>
        <source>Sees how different two pictures look; nothing is trained with it, so that it can judge.</source>
        <translation>看出两幅画面看起来有多不同；不用于训练，因此可作评判。</translation>
    </message>
    <message>
        <source>It knows about eighty files. Its distances are not those of LPIPS.</source>
        <translation>它只见过约八十个文件。其距离与 LPIPS 不同。</translation>
    </message>
    <message>
        <source>Sees how different two pictures look; others are trained with it.</source>
        <translation>看出两幅画面看起来有多不同；用于训练其他模型。</translation>
    </message>
    <message>
        <source>It knows about a hundred and thirty files. Its distances are not those of LPIPS.</source>
        <translation>它只见过约一百三十个文件。其距离与 LPIPS 不同。</translation>
    </message>
    <message>
        <source>Makes the picture at any time between two others.</source>
        <translation>生成两幅画面之间任意时刻的画面。</translation>
    </message>
    <message>
        <source>What moves by more than about a tenth of the picture, turns quickly or is seen in only one of the two pictures is blurred or torn. What shakes is taken to move evenly from one picture to the next.</source>
        <translation>移动超过画面约十分之一、快速旋转或只在其中一幅中可见的部分会模糊或撕裂。抖动的部分在相邻两幅画面之间按匀速运动处理。</translation>
    </message>
    <message>
        <source>Paints films and pictures in the style of painters, or of any pictures.</source>
        <translation>以画家或任意图片的风格绘制影片和图片。</translation>
    </message>
    <message>
        <source>Of a style that it was not taught it takes the colours and the grain, less of the strokes.</source>
        <translation>对未学过的风格，它取其色彩和颗粒，较少取其笔触。</translation>
    </message>
    <message>
        <source>Makes a cartoon of flat colours with lines over them.</source>
        <translation>由带线条的平涂色块生成卡通影片。</translation>
    </message>
    <message>
        <source>It knows the films of its domain: what is not in them is coloured by guess. Faces and letters do not come out. Every eighth picture begins anew, which can be seen as a small step where much was guessed.</source>
        <translation>它只了解其领域内的影片：其中没有的东西靠猜测上色。人脸和文字无法还原。每第八幅画面重新开始，在猜测较多处可见细微跳变。</translation>
    </message>
    <message>
        <source>Makes a film of the outdoors of flat colours.</source>
        <translation>由平涂色块生成户外影片。</translation>
    </message>
    <message>
        <source>Enlarges pictures twofold and makes up fine texture; a little less near to the truth.</source>
        <translation>将画面放大两倍并补出细致纹理；与真实略有偏离。</translation>
    </message>
    <message>
        <source>It may invent texture that was not there. Pictures that are noisy, out of focus or coded at a low rate stay so: it was shown light traces of these only.</source>
        <translation>可能补出原本没有的纹理。有噪点、失焦或低码率编码的画面仍会如此：训练时只见过轻微的此类痕迹。</translation>
    </message>
    <message>
        <source>Enlarges pictures twofold and makes up fine texture; twice the work of the fast one.</source>
        <translation>将画面放大两倍并补出细致纹理；计算量是快速版的两倍。</translation>
    </message>
    <message>
        <source>Enlarges pictures twofold, as near to the truth as it can; twice the work of the fast one.</source>
        <translation>将画面放大两倍，尽量接近真实；计算量是快速版的两倍。</translation>
    </message>
    <message>
        <source>Pictures that are noisy, out of focus or coded at a low rate stay so: it was shown light traces of these only.</source>
        <translation>有噪点、失焦或低码率编码的画面仍会如此：训练时只见过轻微的此类痕迹。</translation>
    </message>
    <message>
        <source>Enlarges pictures twofold, as near to the truth as it can.</source>
        <translation>将画面放大两倍，尽量接近真实。</translation>
    </message>
    <message>
        <source>Enlarges pictures fourfold and makes up fine texture.</source>
        <translation>将画面放大四倍并补出细致纹理。</translation>
    </message>
    <message>
        <source>Enlarges pictures fourfold and makes up fine texture; three times the work of the fast one.</source>
        <translation>将画面放大四倍并补出细致纹理；计算量是快速版的三倍。</translation>
    </message>
    <message>
        <source>Enlarges pictures fourfold, as near to the truth as it can; three times the work of the fast one.</source>
        <translation>将画面放大四倍，尽量接近真实；计算量是快速版的三倍。</translation>
    </message>
    <message>
        <source>Enlarges pictures fourfold, as near to the truth as it can.</source>
        <translation>将画面放大四倍，尽量接近真实。</translation>
    </message>
    <message>
        <source>films</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>as it came</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>motion blur</source>
        <translation>运动模糊</translation>
    </message>
    <message>
        <source>out of focus</source>
        <translation>失焦</translation>
    </message>
    <message>
        <source>shaken</source>
        <translation>手抖</translation>
    </message>
    <message>
        <source>sharp</source>
        <translation>清晰</translation>
    </message>
    <message>
        <source>disc {0}</source>
        <translation>圆斑 {0}</translation>
    </message>
    <message>
        <source>validation {0}</source>
        <translation>验证集 {0}</translation>
    </message>
    <message>
        <source>{0} over bicubic</source>
        <translation>{0} 优于双三次</translation>
    </message>
    <message>
        <source>{0} over bicubic dB</source>
        <translation>{0} 优于双三次 dB</translation>
    </message>
    <message>
        <source>{0} flicker</source>
        <translation>{0} 闪烁</translation>
    </message>
    <message>
        <source>chains of {0}</source>
        <translation>{0} 帧一链</translation>
    </message>
    <message>
        <source>frame by frame</source>
        <translation>逐帧</translation>
    </message>
    <message>
        <source>middle frame</source>
        <translation>中间帧</translation>
    </message>
    <message>
        <source>{0} films never trained on</source>
        <translation>从未用于训练的 {0} 部影片</translation>
    </message>
    <message>
        <source>fade</source>
        <translation>叠化</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>本模型</translation>
    </message>
    <message>
        <source>ours without network</source>
        <translation>本模型，不用网络</translation>
    </message>
    <message>
        <source>even motion</source>
        <translation>匀速运动</translation>
    </message>
    <message>
        <source>{0} alone</source>
        <translation>仅 {0}</translation>
    </message>
    <message>
        <source>blind</source>
        <translation>不告知噪声</translation>
    </message>
    <message>
        <source>{0} noisy</source>
        <translation>{0} 含噪</translation>
    </message>
    <message>
        <source>{0} non-local means (best of three)</source>
        <translation>{0} 非局部均值（三者最佳）</translation>
    </message>
    <message>
        <source>validation alone</source>
        <translation>验证集 单帧</translation>
    </message>
    <message>
        <source>validation blind</source>
        <translation>验证集 不告知噪声</translation>
    </message>
    <message>
        <source>validation blur</source>
        <translation>验证集 模糊</translation>
    </message>
    <message>
        <source>validation coded</source>
        <translation>验证集 编码痕迹</translation>
    </message>
    <message>
        <source>validation coherent</source>
        <translation>验证集 笔触连贯</translation>
    </message>
    <message>
        <source>validation content</source>
        <translation>验证集 内容</translation>
    </message>
    <message>
        <source>validation fade</source>
        <translation>验证集 叠化</translation>
    </message>
    <message>
        <source>validation flicker</source>
        <translation>验证集 闪烁</translation>
    </message>
    <message>
        <source>validation jpeg</source>
        <translation>验证集 JPEG</translation>
    </message>
    <message>
        <source>validation light&lt;blur</source>
        <translation>验证集 变亮小于模糊</translation>
    </message>
    <message>
        <source>validation light&lt;jpeg</source>
        <translation>验证集 变亮小于 JPEG</translation>
    </message>
    <message>
        <source>validation light&lt;noise</source>
        <translation>验证集 变亮小于噪声</translation>
    </message>
    <message>
        <source>validation mixed</source>
        <translation>验证集 多种模糊</translation>
    </message>
    <message>
        <source>validation motion</source>
        <translation>验证集 仅运动</translation>
    </message>
    <message>
        <source>validation noise</source>
        <translation>验证集 噪声</translation>
    </message>
    <message>
        <source>validation ours</source>
        <translation>验证集 本模型</translation>
    </message>
    <message>
        <source>validation outside</source>
        <translation>验证集 超出范围</translation>
    </message>
    <message>
        <source>validation palette</source>
        <translation>验证集 配色</translation>
    </message>
    <message>
        <source>validation psnr</source>
        <translation>验证集 PSNR</translation>
    </message>
    <message>
        <source>validation psnr_y</source>
        <translation>验证集 PSNR-Y</translation>
    </message>
    <message>
        <source>validation rough</source>
        <translation>验证集 粗糙</translation>
    </message>
    <message>
        <source>validation sharp</source>
        <translation>验证集 清晰</translation>
    </message>
    <message>
        <source>validation shift&lt;blur</source>
        <translation>验证集 平移小于模糊</translation>
    </message>
    <message>
        <source>validation slants</source>
        <translation>验证集 笔触方向</translation>
    </message>
    <message>
        <source>validation steady</source>
        <translation>验证集 稳定</translation>
    </message>
    <message>
        <source>validation still</source>
        <translation>验证集 静态照片</translation>
    </message>
    <message>
        <source>validation strokes</source>
        <translation>验证集 笔触</translation>
    </message>
    <message>
        <source>validation three</source>
        <translation>验证集 三帧</translation>
    </message>
    <message>
        <source>validation turn&lt;blur</source>
        <translation>验证集 旋转小于模糊</translation>
    </message>
    <message>
        <source>validation untouched</source>
        <translation>验证集 未受损画面</translation>
    </message>
    <message>
        <source>Cannot read {0}: it is no film, picture or sound that FFmpeg knows, or it is damaged or cut off.</source>
        <translation>无法读取 {0}：不是 FFmpeg 所知的视频、图片或声音，或者已损坏或不完整。</translation>
    </message>
    <message>
        <source>Cannot read {0}: none of its pictures can be decoded; it is damaged, encrypted, or of a kind that FFmpeg does not know.</source>
        <translation>无法读取 {0}：其中没有可以解码的画面；文件已损坏、已加密，或是 FFmpeg 不认识的类型。</translation>
    </message>
    <message>
        <source>Cannot read {0}: it is a folder without numbered pictures.</source>
        <translation>无法读取 {0}：文件夹里没有带编号的图片。</translation>
    </message>
    <message>
        <source>Cannot read {0}, which an effect needs: {1}.</source>
        <translation>无法读取效果所需的 {0}：{1}。</translation>
    </message>
    <message>
        <source>Cannot decode the pictures: FFmpeg has no decoder for them.</source>
        <translation>无法解码画面：FFmpeg 没有相应的解码器。</translation>
    </message>
    <message>
        <source>{0} shows no pictures.</source>
        <translation>{0} 不显示任何画面。</translation>
    </message>
    <message>
        <source>{0} is there already and is not a file.</source>
        <translation>{0} 已经存在，而且不是文件。</translation>
    </message>
    <message>
        <source>{0} is at least {1}; this is {2} x {3}.</source>
        <translation>{0} 至少为 {1}；现在是 {2} x {3}。</translation>
    </message>
    <message>
        <source>A GIF has at most {0} pictures a second, not {1}.</source>
        <translation>GIF 每秒最多 {0} 个画面，而不是 {1} 个。</translation>
    </message>
    <message>
        <source>{0} cannot hold {1} channels.</source>
        <translation>{0} 不能容纳 {1} 个声道。</translation>
    </message>
    <message>
        <source>{0} in {1} cannot hold subtitles as a stream.</source>
        <translation>{1} 中的 {0} 不能以流的形式容纳字幕。</translation>
    </message>
    <message>
        <source>{0} is too large for an effect: {1} MiB.</source>
        <translation>{0} 对效果来说太大：{1} MiB。</translation>
    </message>
    <message>
        <source>A clip has {0} effects; at most {1} are possible.</source>
        <translation>一个片段有 {0} 个效果，最多可有 {1} 个。</translation>
    </message>
    <message>
        <source>The cache in {0} cannot be cleared: {1}.</source>
        <translation>无法清空 {0} 中的缓存：{1}。</translation>
    </message>
    <message>
        <source>{0} needs more memory than {1} has free.</source>
        <translation>{0} 需要的内存超过 {1} 的可用量。</translation>
    </message>
    <message>
        <source>The device failed while running {0}: {1}.</source>
        <translation>运行{0}时设备出现故障：{1}。</translation>
    </message>
    <message>
        <source>{0} gave no numbers in {1}; try another precision.</source>
        <translation>{0} 以 {1} 计算时没有得出数字，请换一种精度。</translation>
    </message>
</context>
<context>
    <name>CacheBar</name>
    <message>
        <source>Live: no network is asked</source>
        <translation>实时：不需要网络计算</translation>
    </message>
    <message>
        <source>Waiting: a network will be asked</source>
        <translation>等待：需要网络计算</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>正在计算</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Changed since it was ready: to be computed again</source>
        <translation>就绪后有更改：需重新计算</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>GAN failed</source>
        <translation>GAN 失败</translation>
    </message>
    <message>
        <source>GAN changed</source>
        <translation>GAN 已变更</translation>
    </message>
    <message>
        <source>GAN ready</source>
        <translation>GAN 就绪</translation>
    </message>
    <message>
        <source>GAN waiting</source>
        <translation>GAN 等待中</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
</context>
<context>
    <name>CaptionEditor</name>
    <message>
        <source>Words of the caption</source>
        <translation>字幕文字</translation>
    </message>
    <message>
        <source>Return takes the words, Shift+Return begins a new line, Escape leaves them as they were</source>
        <translation>回车确认文字，Shift+回车换行，Esc 保持原样</translation>
    </message>
</context>
<context>
    <name>CaptionHand</name>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
</context>
<context>
    <name>CaptionLook</name>
    <message>
        <source>Look of the subtitles</source>
        <translation>字幕外观</translation>
    </message>
</context>
<context>
    <name>CaptionTable</name>
    <message>
        <source>Begins</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>source</source>
        <translation>原片</translation>
    </message>
    <message>
        <source>result</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>ClipFields</name>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
</context>
<context>
    <name>ColorEditor</name>
    <message>
        <source>Take a colour from the picture</source>
        <translation>从画面中取色</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Difference ×8</source>
        <translation>差异 ×8</translation>
    </message>
</context>
<context>
    <name>Cost</name>
    <message>
        <source>All of it is ready.</source>
        <translation>全部就绪。</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>放得下</translation>
    </message>
    <message>
        <source>does not fit: {0} free</source>
        <translation>放不下：剩余 {0}</translation>
    </message>
    <message>
        <source>{0} frames: about {1}, {2} cache, {3}. {4} more memory, {5} each.</source>
        <translation>{0} 帧：约 {1}，缓存 {2}，{3}。另需内存 {4}，每帧 {5}。</translation>
    </message>
</context>
<context>
    <name>CurveEditor</name>
    <message>
        <source>Drag a key; a double click sets one or takes it away; the menu says how it goes on.</source>
        <translation>拖动关键帧；双击设置或移除；菜单决定其后的走向。</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation>移除关键帧</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>Open {0}</source>
        <translation>打开 {0}</translation>
    </message>
    <message>
        <source>Save {0}</source>
        <translation>保存 {0}</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>Split</source>
        <translation>切开</translation>
    </message>
    <message>
        <source>Split all</source>
        <translation>切开所有轨道</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Ripple delete</source>
        <translation>波纹删除</translation>
    </message>
    <message>
        <source>Close gap</source>
        <translation>合拢空隙</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Paste effects</source>
        <translation>粘贴效果</translation>
    </message>
    <message>
        <source>Draw new seeds</source>
        <translation>重新抽取种子</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>制作副本</translation>
    </message>
    <message>
        <source>Dissolve</source>
        <translation>叠化</translation>
    </message>
    <message>
        <source>Remove transition</source>
        <translation>移除转场</translation>
    </message>
    <message>
        <source>Change transition</source>
        <translation>更改转场</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>定格</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>编组</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>取消编组</translation>
    </message>
    <message>
        <source>Detach sound</source>
        <translation>分离声音</translation>
    </message>
    <message>
        <source>Add title</source>
        <translation>添加字幕标题</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Trim</source>
        <translation>修剪</translation>
    </message>
    <message>
        <source>Ripple trim</source>
        <translation>波纹修剪</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>滚动</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>伸缩</translation>
    </message>
    <message>
        <source>Slip</source>
        <translation>滑移</translation>
    </message>
    <message>
        <source>Slide</source>
        <translation>滑动</translation>
    </message>
    <message>
        <source>Fade</source>
        <translation>淡入淡出</translation>
    </message>
    <message>
        <source>Fade the picture</source>
        <translation>画面淡入淡出</translation>
    </message>
    <message>
        <source>Set speed</source>
        <translation>设置速度</translation>
    </message>
    <message>
        <source>Reverse</source>
        <translation>倒放</translation>
    </message>
    <message>
        <source>Select media in the bin first.</source>
        <translation>请先在媒体中选择。</translation>
    </message>
    <message>
        <source>Append</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Add {0}</source>
        <translation>添加{0}</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>移除{0}</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Bypass</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Order effects</source>
        <translation>调整效果次序</translation>
    </message>
    <message>
        <source>Set {0}</source>
        <translation>设置{0}</translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation>移除关键帧</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Set key</source>
        <translation>设置关键帧</translation>
    </message>
    <message>
        <source>Move keys</source>
        <translation>移动关键帧</translation>
    </message>
    <message>
        <source>Shape keys</source>
        <translation>调整关键帧走势</translation>
    </message>
    <message>
        <source>Set volume</source>
        <translation>设置音量</translation>
    </message>
    <message>
        <source>Trim head</source>
        <translation>修剪开头</translation>
    </message>
    <message>
        <source>Trim tail</source>
        <translation>修剪结尾</translation>
    </message>
</context>
<context>
    <name>EffectBox</name>
    <message>
        <source>Bypass</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>{0}, then fitted to the film: {1}</source>
        <translation>{0}，随后适配到影片尺寸：{1}</translation>
    </message>
    <message>
        <source>Its speed here is not known yet.</source>
        <translation>尚不知道它在本机的速度。</translation>
    </message>
    <message>
        <source>It does nothing as the other parameters are now.</source>
        <translation>在其他参数的当前设置下不起作用。</translation>
    </message>
    <message>
        <source>Learn this clip&apos;s noise</source>
        <translation>学习此片段的噪点</translation>
    </message>
    <message>
        <source>A model learns from this clip alone, for about a minute, in the background</source>
        <translation>模型只从此片段学习，约一分钟，在后台进行</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>{0}. A double click resets.</source>
        <translation>{0}。双击恢复默认。</translation>
    </message>
    <message>
        <source>Key at the playhead</source>
        <translation>播放头处的关键帧</translation>
    </message>
    <message>
        <source>{0} s a frame here</source>
        <translation>在本机每帧 {0} 秒</translation>
    </message>
    <message>
        <source>None of these clips lies at the playhead.</source>
        <translation>这些片段都不在播放头处。</translation>
    </message>
    <message>
        <source>Key at the playhead, in {0} of {1} clips: the others do not lie there</source>
        <translation>播放头处的关键帧：{1} 个片段中的 {0} 个，其余不在播放头处</translation>
    </message>
    <message>
        <source>Curve of {0}</source>
        <translation>{0}的曲线</translation>
    </message>
</context>
<context>
    <name>EffectMenu</name>
    <message>
        <source>Search effects</source>
        <translation>搜索效果</translation>
    </message>
    <message>
        <source>GAN</source>
        <translation>GAN</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>滤镜</translation>
    </message>
    <message>
        <source>Geometry</source>
        <translation>几何</translation>
    </message>
    <message>
        <source>Basic</source>
        <translation>基本</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Compare some pictures of networks with the preview</source>
        <translation>将部分经网络处理的画面与预览比较</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written.</source>
        <translation>已取消。没有写入任何文件。</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Whole film, {0}</source>
        <translation>整部影片，{0}</translation>
    </message>
    <message>
        <source>In to out, {0}</source>
        <translation>入点到出点，{0}</translation>
    </message>
    <message>
        <source>as the film</source>
        <translation>与影片相同</translation>
    </message>
    <message>
        <source>Choose the file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>字幕</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>帧率</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>About {0}; a quiet film takes half of it, a grainy one twice as much.</source>
        <translation>约 {0}；平静的影片只需一半，颗粒多的影片需要两倍。</translation>
    </message>
    <message>
        <source>{0} × {1}, {2} fps.</source>
        <translation>{0} × {1}，{2} fps。</translation>
    </message>
    <message>
        <source>Lossless: nothing is lost, at any quality.</source>
        <translation>无损：任何质量都不丢失内容。</translation>
    </message>
    <message>
        <source>{0} is there already and will be replaced.</source>
        <translation>{0} 已经存在，将被替换。</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Export {0}</source>
        <translation>导出 {0}</translation>
    </message>
    <message>
        <source>Measuring what networks cost on this film&apos;s own frames …</source>
        <translation>正在用本片的帧测量网络的耗费 …</translation>
    </message>
    <message>
        <source>Measure what rendering costs</source>
        <translation>测量渲染的耗费</translation>
    </message>
    <message>
        <source>Networks: {0}</source>
        <translation>网络：{0}</translation>
    </message>
    <message>
        <source>This film holds pictures that networks made. Shall the file say so, signed (content credentials, C2PA)?</source>
        <translation>影片中含有由网络生成的画面。要在文件中签名说明吗（内容凭证，C2PA）？</translation>
    </message>
    <message>
        <source>A certificate of your own can be chosen under More. Without one, a certificate made here signs: readers then find the signature valid and the signer unknown. You are asked only once.</source>
        <translation>可在“更多”中选择自己的证书。没有证书时用这里生成的证书签名：读取时签名有效，但签名者未知。只询问一次。</translation>
    </message>
    <message>
        <source>Content credentials</source>
        <translation>内容凭证</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Do not sign</source>
        <translation>不签名</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem)</source>
        <translation>证书和密钥 (*.pem)</translation>
    </message>
    <message>
        <source>Your certificate, with those above it</source>
        <translation>您的证书及其上级证书</translation>
    </message>
    <message>
        <source>Its private key</source>
        <translation>其私钥</translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>Frames that failed</source>
        <translation>失败的帧</translation>
    </message>
</context>
<context>
    <name>FileEditor</name>
    <message>
        <source>No file</source>
        <translation>没有文件</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Films (*.otio)</source>
        <translation>影片 (*.otio)</translation>
    </message>
    <message>
        <source>Open film</source>
        <translation>打开影片</translation>
    </message>
    <message>
        <source>Save film</source>
        <translation>保存影片</translation>
    </message>
    <message>
        <source>Save the changes to {0}?</source>
        <translation>保存对“{0}”的更改吗？</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Import media</source>
        <translation>导入媒体</translation>
    </message>
    <message>
        <source>No media are missing.</source>
        <translation>没有丢失的媒体。</translation>
    </message>
    <message>
        <source>Find media</source>
        <translation>查找媒体</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>A film without a name</source>
        <translation>未命名的影片</translation>
    </message>
    <message>
        <source>The program ended unexpectedly. {0} was kept as it was at {1}.</source>
        <translation>程序意外结束。{0} 保留了 {1} 时的内容。</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>What a crash left half written was removed: {0}.</source>
        <translation>已移除崩溃后遗留的未写完文件：{0}。</translation>
    </message>
    <message>
        <source>{0} media are missing; look for them with File, Find missing media.</source>
        <translation>有 {0} 个媒体丢失；请用“文件 → 查找丢失的媒体”寻找。</translation>
    </message>
    <message>
        <source>Found: {0}; still missing: {1}.</source>
        <translation>已找到：{0}；仍丢失：{1}。</translation>
    </message>
    <message>
        <source>{0} effects read files outside of the film&apos;s folder; they are switched off until you switch them on.</source>
        <translation>{0} 个效果读取影片文件夹之外的文件；在您启用之前它们处于关闭状态。</translation>
    </message>
    <message>
        <source>Look at media</source>
        <translation>查看媒体</translation>
    </message>
    <message>
        <source>{0} is no longer there; look for it with File, Find missing media.</source>
        <translation>{0} 已不在原处；请用“文件 → 查找丢失的媒体”查找。</translation>
    </message>
    <message>
        <source>{0} is missing; look for it with File, Find missing media.</source>
        <translation>{0} 丢失；请用“文件 → 查找丢失的媒体”寻找。</translation>
    </message>
    <message>
        <source>{0} is another file now than when it was taken in; look for the old one with File, Find missing media.</source>
        <translation>{0} 与导入时已不是同一个文件；请用“文件 → 查找丢失的媒体”寻找原来的文件。</translation>
    </message>
    <message>
        <source>Saved {0}.</source>
        <translation>已保存 {0}。</translation>
    </message>
    <message>
        <source>Place media</source>
        <translation>放置媒体</translation>
    </message>
    <message>
        <source>Exchange media</source>
        <translation>替换媒体</translation>
    </message>
    <message>
        <source>{0} takes the place of the missing file; its content differs.</source>
        <translation>{0} 已代替丢失的文件；其内容不同。</translation>
    </message>
</context>
<context>
    <name>FilmQuestion</name>
    <message>
        <source>Settings of the film</source>
        <translation>影片设置</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>自定</translation>
    </message>
    <message>
        <source>{0} fps</source>
        <translation>{0} 帧/秒</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Pictures per second</source>
        <translation>每秒画面数</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>The rate can be changed only while the timeline has no clips.</source>
        <translation>只有时间线上没有片段时才能更改帧率。</translation>
    </message>
</context>
<context>
    <name>FlickerPanel</name>
    <message>
        <source>How much the result flickers beside its source, after motion.</source>
        <translation>与原片相比，结果在运动补偿后闪烁多少。</translation>
    </message>
    <message>
        <source>Flicker by frame</source>
        <translation>逐帧闪烁</translation>
    </message>
    <message>
        <source>Frames that flicker most</source>
        <translation>闪烁最多的帧</translation>
    </message>
    <message>
        <source>Measure flicker of the range</source>
        <translation>测量该范围的闪烁</translation>
    </message>
    <message>
        <source>{0} of {1} frames. Source {2:.2f}, result {3:.2f} levels of 255.</source>
        <translation>{0} / {1} 帧。原片 {2:.2f}，结果 {3:.2f}（共 255 级）。</translation>
    </message>
</context>
<context>
    <name>FontEditor</name>
    <message>
        <source>{0} (missing)</source>
        <translation>{0}（缺失）</translation>
    </message>
</context>
<context>
    <name>FullScreen</name>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>起点</translation>
    </message>
</context>
<context>
    <name>ImportQuestion</name>
    <message>
        <source>Import {0}</source>
        <translation>导入 {0}</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>By its architecture</source>
        <translation>按其结构</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>The file is opened in a process of its own, which may take only so much time and memory, checked by a run, and written anew. Files with programs in them are refused.</source>
        <translation>文件在独立进程中打开，时间和内存受限；经一次运行检查后重新写入。含有程序的文件会被拒绝。</translation>
    </message>
</context>
<context>
    <name>InferenceService</name>
    <message>
        <source>Pictures cannot be computed: {0}</source>
        <translation>无法计算画面：{0}</translation>
    </message>
    <message>
        <source>Computing pictures failed by a fault and was begun anew.</source>
        <translation>画面计算因故障中断，现已重新启动。</translation>
    </message>
    <message>
        <source>{0:.1f} fps</source>
        <translation>{0:.1f} 帧/秒</translation>
    </message>
    <message>
        <source>The device failed and was started anew.</source>
        <translation>设备出错，已重新启动。</translation>
    </message>
    <message>
        <source>The device failed again; the processor goes on in its place.</source>
        <translation>设备再次出错；改由处理器继续。</translation>
    </message>
    <message>
        <source>The device does not answer; what it was asked for is given up.</source>
        <translation>设备没有响应；已放弃交给它的任务。</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Select a clip to see what can be set.</source>
        <translation>选中一个片段，即可看到能设置的内容。</translation>
    </message>
    <message>
        <source>Add effect</source>
        <translation>添加效果</translation>
    </message>
    <message>
        <source>Kept effects, copy and paste</source>
        <translation>保存的效果，复制和粘贴</translation>
    </message>
    <message>
        <source>{0} is not known here.</source>
        <translation>这里没有 {0}。</translation>
    </message>
    <message>
        <source>{0} …</source>
        <translation>{0} …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>Job</name>
    <message>
        <source>{0} does not answer; it was left behind.</source>
        <translation>{0} 没有响应，已被放弃。</translation>
    </message>
    <message>
        <source>{0} ended by a fault of this program.</source>
        <translation>{0}因程序错误而结束。</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>等待轮到它</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>{0} of {1} pictures</source>
        <translation>{0} / {1} 幅画面</translation>
    </message>
    <message>
        <source>, {0:.1f} per second</source>
        <translation>，每秒 {0:.1f} 幅</translation>
    </message>
    <message>
        <source>, {0} left</source>
        <translation>，还需 {0}</translation>
    </message>
    <message>
        <source>{0} was written and checked.</source>
        <translation>{0} 已写入并检查。</translation>
    </message>
    <message>
        <source>{0} h {1:02d} min</source>
        <translation>{0} 小时 {1:02d} 分</translation>
    </message>
    <message>
        <source>{0} min {1:02d} s</source>
        <translation>{0} 分 {1:02d} 秒</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
</context>
<context>
    <name>JobsPanel</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Nothing is being done in the background.</source>
        <translation>后台没有任务。</translation>
    </message>
</context>
<context>
    <name>KeptEffects</name>
    <message>
        <source>Nothing is kept yet</source>
        <translation>还没有保存任何效果</translation>
    </message>
    <message>
        <source>Keep these effects …</source>
        <translation>保存这些效果…</translation>
    </message>
    <message>
        <source>Copy these effects</source>
        <translation>复制这些效果</translation>
    </message>
    <message>
        <source>Paste effects</source>
        <translation>粘贴效果</translation>
    </message>
    <message>
        <source>Into a file …</source>
        <translation>存为文件…</translation>
    </message>
    <message>
        <source>From a file …</source>
        <translation>从文件…</translation>
    </message>
    <message>
        <source>Remove kept effects</source>
        <translation>删除保存的效果</translation>
    </message>
    <message>
        <source>The effects are on the clipboard, as text that can be sent.</source>
        <translation>效果已作为可发送的文本放到剪贴板。</translation>
    </message>
    <message>
        <source>Kept as {0}.</source>
        <translation>已保存为 {0}。</translation>
    </message>
    <message>
        <source>Wrote {0}.</source>
        <translation>已写入 {0}。</translation>
    </message>
    <message>
        <source>Removed {0}.</source>
        <translation>已删除 {0}。</translation>
    </message>
    <message>
        <source>Files that effects of others read are left out ({0}): choose them anew.</source>
        <translation>他人的效果所读取的文件已略去（{0}）：请重新选择。</translation>
    </message>
    <message>
        <source>Keep these effects</source>
        <translation>保存这些效果</translation>
    </message>
    <message>
        <source>Effects</source>
        <translation>效果</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设定</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>As before</source>
        <translation>恢复原样</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>{0} is the key of “{1}”; it will be taken from there.</source>
        <translation>{0} 已用于“{1}”；将从那里取走。</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>取走</translation>
    </message>
</context>
<context>
    <name>Lanes</name>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
</context>
<context>
    <name>Learning</name>
    <message>
        <source>Only from a film can noise be learnt.</source>
        <translation>只能从影片中学习噪点。</translation>
    </message>
    <message>
        <source>Learn the noise of {0}</source>
        <translation>学习 {0} 的噪点</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>It takes about a minute, in the background; see Jobs.</source>
        <translation>约需一分钟，在后台进行；见“任务”。</translation>
    </message>
    <message>
        <source>{0} was learnt. {1}</source>
        <translation>已学会 {0}。{1}</translation>
    </message>
    <message>
        <source>{0} Choose it as the model of an effect.</source>
        <translation>{0} 可在效果的模型中选用。</translation>
    </message>
    <message>
        <source>Learn the clip&apos;s noise</source>
        <translation>学习片段的噪点</translation>
    </message>
</context>
<context>
    <name>Live</name>
    <message>
        <source>A is remembered. Change an effect: that is B.</source>
        <translation>已记住 A。更改效果即为 B。</translation>
    </message>
    <message>
        <source>Remember A first, and select a clip.</source>
        <translation>请先记住 A，并选中一个片段。</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>交换 A 和 B</translation>
    </message>
    <message>
        <source>There is nothing to render there.</source>
        <translation>那里没有可渲染的内容。</translation>
    </message>
    <message>
        <source>Measure what rendering costs</source>
        <translation>测量渲染的开销</translation>
    </message>
    <message>
        <source>Measure flicker</source>
        <translation>测量闪烁</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原片</translation>
    </message>
    <message>
        <source>The usual place</source>
        <translation>默认位置</translation>
    </message>
    <message>
        <source>Clear the cache</source>
        <translation>清空缓存</translation>
    </message>
    <message>
        <source>Save the film first: what is kept belongs to its file.</source>
        <translation>请先保存影片：保留的内容属于它的文件。</translation>
    </message>
    <message>
        <source>Where computed pictures are kept</source>
        <translation>计算好的画面存放位置</translation>
    </message>
    <message>
        <source>From now on pictures are kept there; those in the place before stay.</source>
        <translation>今后画面保存在那里；原处的画面保留。</translation>
    </message>
    <message>
        <source>100 %: without | with, {0:.0f} ms</source>
        <translation>100 %：左无右有，{0:.0f} 毫秒</translation>
    </message>
</context>
<context>
    <name>Looking</name>
    <message>
        <source>There is no picture yet.</source>
        <translation>还没有画面。</translation>
    </message>
    <message>
        <source>Save this frame</source>
        <translation>保存此帧</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Save a frame</source>
        <translation>保存一帧</translation>
    </message>
    <message>
        <source>{0} was saved.</source>
        <translation>{0} 已保存。</translation>
    </message>
    <message>
        <source>Measure loudness</source>
        <translation>测量响度</translation>
    </message>
    <message>
        <source>Normalise to {0:.1f} LUFS</source>
        <translation>标准化到 {0:.1f} LUFS</translation>
    </message>
    <message>
        <source>All clips {0:+.1f} dB; the peak is {1:.1f} dBTP.</source>
        <translation>所有片段 {0:+.1f} dB；峰值为 {1:.1f} dBTP。</translation>
    </message>
    <message>
        <source>That is too high for most sites: it may be cut off.</source>
        <translation>这对多数网站来说过高，可能会被削波。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Media</source>
        <translation>媒体</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>渲染</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>字幕</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>示波器</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
</context>
<context>
    <name>MarkerQuestion</name>
    <message>
        <source>Marker</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>Cyan</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白</translation>
    </message>
</context>
<context>
    <name>MediaBin</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search media</source>
        <translation>搜索媒体</translation>
    </message>
    <message>
        <source>Drop films, pictures and sound here.</source>
        <translation>把视频、图片和声音拖到这里。</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>{0} media</source>
        <translation>{0} 个媒体</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>媒体</translation>
    </message>
    <message>
        <source>List or pictures</source>
        <translation>列表或图片</translation>
    </message>
    <message>
        <source>The file is missing: {0}</source>
        <translation>文件丢失：{0}</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Rename …</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove track</source>
        <translation>移除轨道</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>矮</translation>
    </message>
    <message>
        <source>Usual height</source>
        <translation>默认高度</translation>
    </message>
    <message>
        <source>Tall</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation>移除关键帧</translation>
    </message>
    <message>
        <source>Set a key here</source>
        <translation>在此设置关键帧</translation>
    </message>
    <message>
        <source>Remove all keys</source>
        <translation>移除所有关键帧</translation>
    </message>
    <message>
        <source>Change marker …</source>
        <translation>更改标记…</translation>
    </message>
    <message>
        <source>Remove marker</source>
        <translation>移除标记</translation>
    </message>
</context>
<context>
    <name>Mixer</name>
    <message>
        <source>Level of the sound</source>
        <translation>声音电平</translation>
    </message>
    <message>
        <source>Peak and RMS of what is played, in dBFS. Click to clear the lamps.</source>
        <translation>播放内容的峰值与均方根（dBFS）。单击清除指示灯。</translation>
    </message>
    <message>
        <source>No track has sound yet.</source>
        <translation>还没有带声音的轨道。</translation>
    </message>
    <message>
        <source>Mix</source>
        <translation>混音</translation>
    </message>
</context>
<context>
    <name>Modelling</name>
    <message>
        <source>Read the models</source>
        <translation>读取模型</translation>
    </message>
    <message>
        <source>Import {0}</source>
        <translation>导入 {0}</translation>
    </message>
    <message>
        <source>{0} is being looked at …</source>
        <translation>正在检查 {0} …</translation>
    </message>
    <message>
        <source>Verify models</source>
        <translation>校验模型</translation>
    </message>
    <message>
        <source>Reading the models …</source>
        <translation>正在读取模型 …</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>移除 {0}</translation>
    </message>
    <message>
        <source>{0} was removed.</source>
        <translation>{0} 已移除。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>It is being looked at in a process of its own, {0:.0f} s …</source>
        <translation>正在独立进程中检查，{0:.0f} 秒 …</translation>
    </message>
    <message>
        <source>All {0} models are what their cards say.</source>
        <translation>全部 {0} 个模型都与卡片一致。</translation>
    </message>
    <message>
        <source>{0} more models are missing.</source>
        <translation>还缺少 {0} 个模型。</translation>
    </message>
    <message>
        <source>The original picture is shown there.</source>
        <translation>那里显示原始画面。</translation>
    </message>
    <message>
        <source>Import …</source>
        <translation>导入 …</translation>
    </message>
    <message>
        <source>Models …</source>
        <translation>模型 …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The model {0} is another one than the film was made with ({1}).</source>
        <translation>模型 {0} 与制作影片时的不同（{1}）。</translation>
    </message>
    <message>
        <source>The model {0} is not here ({1}).</source>
        <translation>模型 {0} 不在这里（{1}）。</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Import …</source>
        <translation>导入 …</translation>
    </message>
    <message>
        <source>Verify all</source>
        <translation>全部校验</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>{0}, right</source>
        <translation>{0}，正确</translation>
    </message>
    <message>
        <source>It came with the program, and stays.</source>
        <translation>它随程序提供，会保留。</translation>
    </message>
    <message>
        <source>Measured: {0}</source>
        <translation>测得：{0}</translation>
    </message>
    <message>
        <source>Source: {0}</source>
        <translation>来源：{0}</translation>
    </message>
    <message>
        <source>{0} was checked and taken in: {1}, {2}, licence {3}.</source>
        <translation>{0} 已检查并导入：{1}，{2}，许可证 {3}。</translation>
    </message>
</context>
<context>
    <name>NameQuestion</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Find an action</source>
        <translation>查找操作</translation>
    </message>
    <message>
        <source>What shall be done?</source>
        <translation>要做什么？</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
</context>
<context>
    <name>Picking</name>
    <message>
        <source>Click in the picture; Shift takes the mean of 3 × 3 pixels, Escape cancels.</source>
        <translation>在画面上点击取色；按住 Shift 取 3 × 3 像素的平均值，按 Esc 取消。</translation>
    </message>
    <message>
        <source>The picture was not ready in time: no colour was taken.</source>
        <translation>画面未能及时就绪：未取颜色。</translation>
    </message>
</context>
<context>
    <name>Playback</name>
    <message>
        <source>There is no sound device: pictures play by the clock, without sound.</source>
        <translation>没有声音设备：画面按时钟播放，没有声音。</translation>
    </message>
</context>
<context>
    <name>Posing</name>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>移动画面</translation>
    </message>
    <message>
        <source>Turn the picture</source>
        <translation>旋转画面</translation>
    </message>
    <message>
        <source>Scale the picture</source>
        <translation>缩放画面</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>YouTube and the like, 1080p</source>
        <translation>YouTube 等，1080p</translation>
    </message>
    <message>
        <source>YouTube and the like, 4K</source>
        <translation>YouTube 等，4K</translation>
    </message>
    <message>
        <source>Small, to send, 720p</source>
        <translation>小文件，便于发送，720p</translation>
    </message>
    <message>
        <source>H.265, half as large</source>
        <translation>H.265，大小减半</translation>
    </message>
    <message>
        <source>Web page (AV1, WebM)</source>
        <translation>网页 (AV1, WebM)</translation>
    </message>
    <message>
        <source>To be edited further (ProRes 422)</source>
        <translation>供后续编辑 (ProRes 422)</translation>
    </message>
    <message>
        <source>With transparency (ProRes 4444)</source>
        <translation>带透明度 (ProRes 4444)</translation>
    </message>
    <message>
        <source>Archive, nothing is lost (FFV1)</source>
        <translation>存档，无损 (FFV1)</translation>
    </message>
    <message>
        <source>GIF, 360 lines</source>
        <translation>GIF，360 行</translation>
    </message>
    <message>
        <source>A folder of pictures (PNG)</source>
        <translation>图片文件夹 (PNG)</translation>
    </message>
    <message>
        <source>Sound only, nothing is lost (WAV)</source>
        <translation>仅声音，无损 (WAV)</translation>
    </message>
    <message>
        <source>Sound only, small (AAC)</source>
        <translation>仅声音，小文件 (AAC)</translation>
    </message>
    <message>
        <source>Burnt into the pictures, as the viewer shows them</source>
        <translation>烧录到画面中，与预览一致</translation>
    </message>
    <message>
        <source>A stream that players switch on and off</source>
        <translation>播放器可开关的字幕流</translation>
    </message>
    <message>
        <source>A file beside the film</source>
        <translation>影片旁的字幕文件</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不要</translation>
    </message>
    <message>
        <source>{0} fps</source>
        <translation>{0} 帧/秒</translation>
    </message>
    <message>
        <source>{0} fps  (as the film)</source>
        <translation>{0} 帧/秒（与影片相同）</translation>
    </message>
    <message>
        <source>The film has {0} pictures a second: some are shown again.</source>
        <translation>影片每秒 {0} 帧：部分画面会重复。</translation>
    </message>
    <message>
        <source>The film has {0} pictures a second: some are left out.</source>
        <translation>影片每秒 {0} 帧：部分画面会略去。</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Without {0}</source>
        <translation>缺少 {0}</translation>
    </message>
    <message>
        <source>Computing {0} …</source>
        <translation>正在计算 {0}…</translation>
    </message>
    <message>
        <source>Paused: without {0}</source>
        <translation>已暂停：缺少 {0}</translation>
    </message>
    <message>
        <source>{0} at reduced size, computing …</source>
        <translation>{0} 以较小尺寸显示，正在计算…</translation>
    </message>
    <message>
        <source>The original picture: {0} is not here</source>
        <translation>原始画面：{0} 不在这里</translation>
    </message>
    <message>
        <source>{0} is damaged here: the picture is mended, or the one before</source>
        <translation>{0} 在此处已损坏：显示的是修补过的或之前的画面</translation>
    </message>
    <message>
        <source>Effects are bypassed</source>
        <translation>效果已停用</translation>
    </message>
    <message>
        <source>{0:.1f} fps</source>
        <translation>{0:.1f} 帧/秒</translation>
    </message>
    <message>
        <source>{0} dropped</source>
        <translation>丢 {0} 帧</translation>
    </message>
</context>
<context>
    <name>Proxies</name>
    <message>
        <source>Proxy of {0}</source>
        <translation>{0} 的代理</translation>
    </message>
    <message>
        <source>The proxy of {0} is missing or damaged: the original is shown.</source>
        <translation>{0} 的代理丢失或已损坏：显示原片。</translation>
    </message>
</context>
<context>
    <name>Proxying</name>
    <message>
        <source>Select a film of 512 lines or more: only those gain by a proxy.</source>
        <translation>请选择 512 行或以上的影片：只有这样的影片才能从代理中受益。</translation>
    </message>
    <message>
        <source>All proxies are removed: {0:.2f} GB are free again.</source>
        <translation>已移除全部代理：释放了 {0:.2f} GB。</translation>
    </message>
    <message>
        <source>proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>proxy …</source>
        <translation>代理…</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不够</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许此操作</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>磁盘是只读的</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>这不是文件夹</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>读写错误</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>Invalid data found when processing input</source>
        <translation>数据无效</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Open &amp;recent</source>
        <translation>打开最近的影片(&amp;R)</translation>
    </message>
</context>
<context>
    <name>Relink</name>
    <message>
        <source>Missing media</source>
        <translation>丢失的媒体</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Where it was, or is</source>
        <translation>原来或现在的位置</translation>
    </message>
    <message>
        <source>Look in a folder …</source>
        <translation>在文件夹中查找…</translation>
    </message>
    <message>
        <source>Choose a file …</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Take a file in place of the selected one, even if its content differs.</source>
        <translation>用一个文件代替选中的媒体，即使内容不同。</translation>
    </message>
    <message>
        <source>Choose a folder: media are found in it and below by name and content, whatever they are called there.</source>
        <translation>请选择一个文件夹：会在其中及其子文件夹里按名称和内容查找媒体，不论它们现在叫什么。</translation>
    </message>
    <message>
        <source>found</source>
        <translation>已找到</translation>
    </message>
    <message>
        <source>other content</source>
        <translation>内容不同</translation>
    </message>
    <message>
        <source>All are found.</source>
        <translation>已全部找到。</translation>
    </message>
    <message>
        <source>Missing: {0}.</source>
        <translation>丢失：{0}。</translation>
    </message>
    <message>
        <source>For {0} there is a file of the same name, but other content.</source>
        <translation>其中 {0} 个有同名文件，但内容不同。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>Where may they be?</source>
        <translation>它们可能在哪里？</translation>
    </message>
    <message>
        <source>Looking in {0} …</source>
        <translation>正在 {0} 中查找…</translation>
    </message>
    <message>
        <source>Which file takes its place?</source>
        <translation>用哪个文件代替？</translation>
    </message>
</context>
<context>
    <name>RenderPanel</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Ask no network, and give the device&apos;s memory back; what is ready is shown</source>
        <translation>不运行任何网络，并归还设备内存；已就绪的画面照常显示</translation>
    </message>
    <message>
        <source>Keep what this film uses</source>
        <translation>保留本片使用的内容</translation>
    </message>
    <message>
        <source>Never dropped for want of room, as long as the film uses it</source>
        <translation>只要影片还在使用，就不会因空间不足而丢弃</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Measuring on this film&apos;s own frames …</source>
        <translation>正在用本片的画面测量…</translation>
    </message>
    <message>
        <source>{0} of {1} frames</source>
        <translation>{0} / {1} 帧</translation>
    </message>
    <message>
        <source>about {0} left</source>
        <translation>约剩 {0}</translation>
    </message>
    <message>
        <source>{0} failed</source>
        <translation>{0} 帧失败</translation>
    </message>
    <message>
        <source>This film {0}, all films {1} of {2}. {3} of {4} frames wait.</source>
        <translation>本片 {0}，所有影片 {1}（共 {2}）。{3} / {4} 帧等待中。</translation>
    </message>
    <message>
        <source>Computed pictures are not kept: {0}. The panel of rendering lets you choose another place.</source>
        <translation>计算出的画面未被保留：{0}。可在“渲染”面板中选择其他位置。</translation>
    </message>
    <message>
        <source>The cache is not written to: {0}.</source>
        <translation>缓存未被写入：{0}。</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选区</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>Render what networks make of it into the cache</source>
        <translation>把网络的计算结果渲染到缓存</translation>
    </message>
    <message>
        <source>Begin the rest after</source>
        <translation>空闲多久后开始计算其余部分</translation>
    </message>
    <message>
        <source>Size of the cache</source>
        <translation>缓存大小</translation>
    </message>
    <message>
        <source>Place …</source>
        <translation>位置…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>A fault of the program</source>
        <translation>程序错误</translation>
    </message>
    <message>
        <source>Something went wrong inside of the program. Your film is kept; you can go on. Please report this:</source>
        <translation>程序内部出了问题。你的影片已保留，可以继续。请报告以下内容：</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>Rooms</name>
    <message>
        <source>Timeline tools</source>
        <translation>时间线工具</translation>
    </message>
</context>
<context>
    <name>ScopesPanel</name>
    <message>
        <source>Kind of scope</source>
        <translation>示波器类型</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>波形</translation>
    </message>
    <message>
        <source>RGB parade</source>
        <translation>RGB 分量</translation>
    </message>
    <message>
        <source>Vectorscope</source>
        <translation>矢量示波器</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>Scope of the picture</source>
        <translation>画面的示波器</translation>
    </message>
</context>
<context>
    <name>SeedEditor</name>
    <message>
        <source>Draw another seed</source>
        <translation>重新抽取种子</translation>
    </message>
    <message>
        <source>Locked: the seed stays when seeds are drawn anew</source>
        <translation>锁定：重新抽取种子时保持不变</translation>
    </message>
</context>
<context>
    <name>Several</name>
    <message>
        <source>Effects are shown for up to {0} clips.</source>
        <translation>最多显示 {0} 个片段的共同效果。</translation>
    </message>
    <message>
        <source>Add effect to all</source>
        <translation>为全部添加效果</translation>
    </message>
    <message>
        <source>Kept effects, copy and paste</source>
        <translation>保存的效果、复制和粘贴</translation>
    </message>
    <message>
        <source>{0} clips</source>
        <translation>{0} 个片段</translation>
    </message>
</context>
<context>
    <name>Sheets</name>
    <message>
        <source>There is nothing to export yet.</source>
        <translation>还没有可导出的内容。</translation>
    </message>
    <message>
        <source>{0} films are being written or wait for it. Give them up?</source>
        <translation>有 {0} 部影片正在写入或等待写入。要放弃吗？</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>继续写入</translation>
    </message>
    <message>
        <source>Your media</source>
        <translation>你的媒体</translation>
    </message>
    <message>
        <source>Drop films, pictures and sound here. Drag them onto the timeline; a double click shows one by itself.</source>
        <translation>把视频、图片和声音拖到这里。再拖到时间线上；双击可单独查看。</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Space plays, J K L play backwards, stop and play faster, the arrows step by frames.</source>
        <translation>空格播放，J K L 分别为倒放、停止和加速播放，方向键逐帧移动。</translation>
    </message>
    <message>
        <source>The timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Drag clips and their edges. Ctrl+K cuts at the playhead, Q and W trim to it; Shift+Delete closes the gap.</source>
        <translation>拖动片段及其边缘。Ctrl+K 在播放头处切开，Q 和 W 修剪到播放头；Shift+Delete 合拢空隙。</translation>
    </message>
    <message>
        <source>The inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>What can be set on the selected clip: effects, each with keys over time. Networks run on this machine.</source>
        <translation>所选片段可设置的内容：各种效果，每个都可随时间变化。网络在本机运行。</translation>
    </message>
    <message>
        <source>Layouts, and everything else</source>
        <translation>布局，以及其他一切</translation>
    </message>
    <message>
        <source>Four layouts for four kinds of work. Ctrl+Shift+P finds any action by a few letters; F1 is help.</source>
        <translation>四种布局对应四类工作。Ctrl+Shift+P 用几个字找到任何操作；F1 是帮助。</translation>
    </message>
    <message>
        <source>The demo film is not here.</source>
        <translation>这里没有演示影片。</translation>
    </message>
    <message>
        <source>Make the demo film</source>
        <translation>制作演示影片</translation>
    </message>
    <message>
        <source>The demo film is being made; it opens by itself.</source>
        <translation>正在制作演示影片；完成后会自动打开。</translation>
    </message>
    <message>
        <source>{0} × {1}, {2} fps</source>
        <translation>{0} × {1}，{2} 帧/秒</translation>
    </message>
    <message>
        <source>The film takes {0} from its first clip.</source>
        <translation>影片采用了第一段素材的设置：{0}。</translation>
    </message>
    <message>
        <source>Other settings …</source>
        <translation>其他设置…</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>{0} media are missing.</source>
        <translation>有 {0} 个媒体丢失。</translation>
    </message>
    <message>
        <source>{0} is missing.</source>
        <translation>{0} 丢失。</translation>
    </message>
    <message>
        <source>Find …</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{0} of {1} files were not taken in.</source>
        <translation>{1} 个文件中有 {0} 个未能导入。</translation>
    </message>
    <message>
        <source>Import media</source>
        <translation>导入媒体</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>还有 {0} 个</translation>
    </message>
    <message>
        <source>An open video editor in which GAN effects are live. It sends nothing over a network.</source>
        <translation>一个开放的视频编辑器，GAN 效果实时可用。它不会通过网络发送任何内容。</translation>
    </message>
    <message>
        <source>MIT licence</source>
        <translation>MIT 许可证</translation>
    </message>
    <message>
        <source>About vgan studio</source>
        <translation>关于 vgan studio</translation>
    </message>
</context>
<context>
    <name>Shelving</name>
    <message>
        <source>Move to {0}</source>
        <translation>移动到 {0}</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>媒体</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Rename folder</source>
        <translation>重命名文件夹</translation>
    </message>
    <message>
        <source>Remove media</source>
        <translation>移除媒体</translation>
    </message>
    <message>
        <source>Remove folder</source>
        <translation>移除文件夹</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove from the film</source>
        <translation>从影片中移除</translation>
    </message>
    <message>
        <source>Remove folder, keep its media</source>
        <translation>移除文件夹，保留其中媒体</translation>
    </message>
    <message>
        <source>New folder …</source>
        <translation>新建文件夹…</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>移动到</translation>
    </message>
</context>
<context>
    <name>Signing</name>
    <message>
        <source>Sign films that networks changed (content credentials)</source>
        <translation>为经网络修改的影片签名（内容凭证）</translation>
    </message>
    <message>
        <source>Choose a certificate; without one, one made here signs</source>
        <translation>选择证书；没有时用这里生成的证书签名</translation>
    </message>
</context>
<context>
    <name>SoundPanel</name>
    <message>
        <source>Loudness (EBU R 128) was not measured yet.</source>
        <translation>尚未测量响度（EBU R 128）。</translation>
    </message>
    <message>
        <source>Measure loudness</source>
        <translation>测量响度</translation>
    </message>
    <message>
        <source>Of the marked range, or of the whole film</source>
        <translation>标记范围的响度，或整部影片的响度</translation>
    </message>
    <message>
        <source>Loudness to reach</source>
        <translation>目标响度</translation>
    </message>
    <message>
        <source>-23 for broadcast, -16 for podcasts, -14 for most sites</source>
        <translation>广播 -23，播客 -16，多数网站 -14</translation>
    </message>
    <message>
        <source>Normalise</source>
        <translation>标准化</translation>
    </message>
    <message>
        <source>Change the volume of all clips alike, so that the film has this loudness</source>
        <translation>统一调整所有片段的音量，使影片达到此响度</translation>
    </message>
    <message>
        <source>Measuring: {0} of {1} s</source>
        <translation>正在测量：{0} / {1} 秒</translation>
    </message>
    <message>
        <source>There is no sound loud enough to be measured.</source>
        <translation>没有响到足以测量的声音。</translation>
    </message>
    <message>
        <source>{0:.1f} LUFS integrated, {1:.1f} momentary at most; range {2:.1f} LU, peak {3:.1f} dBTP</source>
        <translation>综合 {0:.1f} LUFS，瞬时最高 {1:.1f}；范围 {2:.1f} LU，峰值 {3:.1f} dBTP</translation>
    </message>
    <message>
        <source>The film has changed since it was measured.</source>
        <translation>测量之后影片已有改动。</translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>Film</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>素材</translation>
    </message>
    <message>
        <source>Close the source</source>
        <translation>关闭素材</translation>
    </message>
</context>
<context>
    <name>SourceLine</name>
    <message>
        <source>Line of the source</source>
        <translation>素材的时间条</translation>
    </message>
</context>
<context>
    <name>SourceView</name>
    <message>
        <source>Select media in the bin first.</source>
        <translation>请先在媒体列表中选择媒体。</translation>
    </message>
    <message>
        <source>Append</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Sound without pictures</source>
        <translation>只有声音，没有画面</translation>
    </message>
</context>
<context>
    <name>SpeedQuestion</name>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Backwards</source>
        <translation>倒放</translation>
    </message>
    <message>
        <source>Let the later clips follow</source>
        <translation>让后面的片段跟随</translation>
    </message>
</context>
<context>
    <name>StateLine</name>
    <message>
        <source>Starting …</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>正在载入</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>正在计算</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Balance of left and right. Double-click for the middle.</source>
        <translation>左右平衡。双击回到中间。</translation>
    </message>
    <message>
        <source>Volume of the track. Double-click for 0 dB; Ctrl moves it finely.</source>
        <translation>轨道音量。双击回到 0 dB；按住 Ctrl 微调。</translation>
    </message>
    <message>
        <source>What this track adds, in dBFS. Click to clear the lamps.</source>
        <translation>该轨道的电平（dBFS）。单击清除指示灯。</translation>
    </message>
    <message>
        <source>Volume in dB</source>
        <translation>音量（dB）</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Solo: mute all the others</source>
        <translation>独奏：其他轨道静音</translation>
    </message>
    <message>
        <source>Volume of {0}</source>
        <translation>{0} 的音量</translation>
    </message>
    <message>
        <source>Balance of {0}</source>
        <translation>{0} 的平衡</translation>
    </message>
    <message>
        <source>Volume of {0} in dB</source>
        <translation>{0} 的音量（dB）</translation>
    </message>
    <message>
        <source>Level of {0}</source>
        <translation>{0} 的电平</translation>
    </message>
</context>
<context>
    <name>SubtitlesPanel</name>
    <message>
        <source>Track of subtitles</source>
        <translation>字幕轨</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>en, zh-Hans …</source>
        <translation>en、zh-Hans …</translation>
    </message>
    <message>
        <source>How the words look</source>
        <translation>文字的外观</translation>
    </message>
    <message>
        <source>Look …</source>
        <translation>外观 …</translation>
    </message>
    <message>
        <source>No subtitles yet. Import a file of them, or add a caption at the playhead.</source>
        <translation>还没有字幕。请导入字幕文件，或在播放头处添加一条。</translation>
    </message>
    <message>
        <source>Add a caption at the playhead</source>
        <translation>在播放头处添加字幕</translation>
    </message>
    <message>
        <source>Split the caption at the playhead</source>
        <translation>在播放头处拆分字幕</translation>
    </message>
    <message>
        <source>Merge the caption with the next one</source>
        <translation>与下一条字幕合并</translation>
    </message>
    <message>
        <source>Remove the selected captions</source>
        <translation>移除选中的字幕</translation>
    </message>
    <message>
        <source>Import subtitles …</source>
        <translation>导入字幕…</translation>
    </message>
    <message>
        <source>Export these subtitles …</source>
        <translation>导出这些字幕…</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>字幕列表</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
</context>
<context>
    <name>Subtitling</name>
    <message>
        <source>Split caption</source>
        <translation>拆分字幕</translation>
    </message>
    <message>
        <source>Merge captions</source>
        <translation>合并字幕</translation>
    </message>
    <message>
        <source>Remove captions</source>
        <translation>移除字幕</translation>
    </message>
    <message>
        <source>Subtitles (*.srt *.vtt)</source>
        <translation>字幕 (*.srt *.vtt)</translation>
    </message>
    <message>
        <source>Films with subtitles (*)</source>
        <translation>带字幕的影片 (*)</translation>
    </message>
    <message>
        <source>Import subtitles</source>
        <translation>导入字幕</translation>
    </message>
    <message>
        <source>There are no subtitles to export.</source>
        <translation>没有可导出的字幕。</translation>
    </message>
    <message>
        <source>Export subtitles</source>
        <translation>导出字幕</translation>
    </message>
    <message>
        <source>{0} was saved.</source>
        <translation>已保存 {0}。</translation>
    </message>
    <message>
        <source>Edit the words</source>
        <translation>编辑文字</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Shift all captions</source>
        <translation>平移所有字幕</translation>
    </message>
    <message>
        <source>A frame earlier</source>
        <translation>提前一帧</translation>
    </message>
    <message>
        <source>A frame later</source>
        <translation>推后一帧</translation>
    </message>
    <message>
        <source>A second earlier</source>
        <translation>提前一秒</translation>
    </message>
    <message>
        <source>A second later</source>
        <translation>推后一秒</translation>
    </message>
    <message>
        <source>So that the first begins at the playhead</source>
        <translation>让第一条从播放头处开始</translation>
    </message>
    <message>
        <source>Remove these subtitles</source>
        <translation>移除这条字幕轨</translation>
    </message>
    <message>
        <source>Remove subtitles</source>
        <translation>移除字幕轨</translation>
    </message>
    <message>
        <source>Shift captions</source>
        <translation>平移字幕</translation>
    </message>
    <message>
        <source>Add caption</source>
        <translation>添加字幕</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>字幕</translation>
    </message>
    <message>
        <source>Set words</source>
        <translation>设置文字</translation>
    </message>
    <message>
        <source>Move caption</source>
        <translation>移动字幕</translation>
    </message>
    <message>
        <source>Describe subtitles</source>
        <translation>描述字幕轨</translation>
    </message>
    <message>
        <source>Look of subtitles: {0}</source>
        <translation>字幕外观：{0}</translation>
    </message>
    <message>
        <source>Hide subtitles</source>
        <translation>隐藏字幕</translation>
    </message>
    <message>
        <source>Lock subtitles</source>
        <translation>锁定字幕</translation>
    </message>
    <message>
        <source>Import media and subtitles</source>
        <translation>导入媒体和字幕</translation>
    </message>
    <message>
        <source>{0} captions were read.</source>
        <translation>读取了 {0} 条字幕。</translation>
    </message>
</context>
<context>
    <name>Table</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Clip</source>
        <translation>片段(&amp;C)</translation>
    </message>
    <message>
        <source>T&amp;imeline</source>
        <translation>时间线(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>字幕</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Ruler</source>
        <translation>标尺</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>渲染</translation>
    </message>
    <message>
        <source>Handles</source>
        <translation>手柄</translation>
    </message>
    <message>
        <source>Proxies</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>参考线</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>&amp;New film</source>
        <translation>新建影片(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open film …</source>
        <translation>打开影片(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as …</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Earlier &amp;versions …</source>
        <translation>早先版本(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;Import media …</source>
        <translation>导入媒体(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Find missing media …</source>
        <translation>查找丢失的媒体(&amp;F)…</translation>
    </message>
    <message>
        <source>Settings of the fil&amp;m …</source>
        <translation>影片设置(&amp;M)…</translation>
    </message>
    <message>
        <source>Save this &amp;frame …</source>
        <translation>保存此帧(&amp;F) …</translation>
    </message>
    <message>
        <source>&amp;Export …</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste at the playhead</source>
        <translation>粘贴到播放头(&amp;P)</translation>
    </message>
    <message>
        <source>Paste &amp;effects</source>
        <translation>粘贴效果(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>制作副本(&amp;D)</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>删除(&amp;L)</translation>
    </message>
    <message>
        <source>Ripple de&amp;lete</source>
        <translation>波纹删除(&amp;L)</translation>
    </message>
    <message>
        <source>Close &amp;gap at the playhead</source>
        <translation>合拢播放头处的空隙(&amp;G)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Select &amp;nothing</source>
        <translation>全不选(&amp;N)</translation>
    </message>
    <message>
        <source>Find an act&amp;ion …</source>
        <translation>查找操作(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Keys …</source>
        <translation>按键(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Models …</source>
        <translation>模型(&amp;M) …</translation>
    </message>
    <message>
        <source>&amp;Insert from the bin</source>
        <translation>从媒体插入(&amp;I)</translation>
    </message>
    <message>
        <source>O&amp;verwrite from the bin</source>
        <translation>从媒体覆盖(&amp;V)</translation>
    </message>
    <message>
        <source>A&amp;ppend from the bin</source>
        <translation>从媒体追加(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Split at the playhead</source>
        <translation>在播放头处切开(&amp;S)</translation>
    </message>
    <message>
        <source>Split &amp;all tracks</source>
        <translation>切开所有轨道(&amp;A)</translation>
    </message>
    <message>
        <source>Trim &amp;head to the playhead</source>
        <translation>修剪开头到播放头(&amp;H)</translation>
    </message>
    <message>
        <source>Trim &amp;tail to the playhead</source>
        <translation>修剪结尾到播放头(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Dissolve from the clip before</source>
        <translation>与前一片段叠化(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Remove the transition</source>
        <translation>移除转场(&amp;R)</translation>
    </message>
    <message>
        <source>Sp&amp;eed …</source>
        <translation>速度(&amp;E)…</translation>
    </message>
    <message>
        <source>Play the clip &amp;backwards</source>
        <translation>倒放片段(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Freeze the frame at the playhead</source>
        <translation>定格播放头处的画面(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Mute or unmute</source>
        <translation>静音或取消静音(&amp;M)</translation>
    </message>
    <message>
        <source>Detach s&amp;ound</source>
        <translation>分离声音(&amp;O)</translation>
    </message>
    <message>
        <source>Draw &amp;new seeds, but for locked ones</source>
        <translation>重新抽取种子，已锁定的除外(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>编组(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Ungroup</source>
        <translation>取消编组(&amp;U)</translation>
    </message>
    <message>
        <source>Make pro&amp;xy</source>
        <translation>生成代理(&amp;X)</translation>
    </message>
    <message>
        <source>Remove proxy</source>
        <translation>移除代理</translation>
    </message>
    <message>
        <source>Use original</source>
        <translation>使用原片</translation>
    </message>
    <message>
        <source>Preview with proxies</source>
        <translation>用代理预览</translation>
    </message>
    <message>
        <source>Make proxies of films above 1920 × 1080 by themselves</source>
        <translation>自动为大于 1920 × 1080 的影片生成代理</translation>
    </message>
    <message>
        <source>Remove all proxies</source>
        <translation>移除全部代理</translation>
    </message>
    <message>
        <source>Measure &amp;loudness</source>
        <translation>测量响度(&amp;L)</translation>
    </message>
    <message>
        <source>Add a t&amp;itle</source>
        <translation>添加标题(&amp;I)</translation>
    </message>
    <message>
        <source>Add a &amp;caption at the playhead</source>
        <translation>在播放头处添加字幕(&amp;C)</translation>
    </message>
    <message>
        <source>Split the caption at the playhead</source>
        <translation>在播放头处拆分字幕</translation>
    </message>
    <message>
        <source>Merge the caption with the next one</source>
        <translation>与下一条字幕合并</translation>
    </message>
    <message>
        <source>Import subtitles …</source>
        <translation>导入字幕…</translation>
    </message>
    <message>
        <source>Export subtitles …</source>
        <translation>导出字幕…</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>选择(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Razor</source>
        <translation>剃刀(&amp;R)</translation>
    </message>
    <message>
        <source>R&amp;ipple: trim, and the later clips follow</source>
        <translation>波纹：修剪并让后面的片段跟随(&amp;I)</translation>
    </message>
    <message>
        <source>R&amp;oll: move a cut</source>
        <translation>滚动：移动切点(&amp;O)</translation>
    </message>
    <message>
        <source>S&amp;lip: show another part</source>
        <translation>滑移：显示另一部分(&amp;L)</translation>
    </message>
    <message>
        <source>Sli&amp;de: move between neighbours</source>
        <translation>滑动：在相邻片段间移动(&amp;D)</translation>
    </message>
    <message>
        <source>S&amp;tretch: change the speed</source>
        <translation>伸缩：改变速度(&amp;T)</translation>
    </message>
    <message>
        <source>Add a &amp;video track</source>
        <translation>添加视频轨道(&amp;V)</translation>
    </message>
    <message>
        <source>Add a so&amp;und track</source>
        <translation>添加声音轨道(&amp;U)</translation>
    </message>
    <message>
        <source>Mark &amp;in</source>
        <translation>标记入点(&amp;I)</translation>
    </message>
    <message>
        <source>Mark &amp;out</source>
        <translation>标记出点(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Clear in and out</source>
        <translation>清除入点和出点(&amp;C)</translation>
    </message>
    <message>
        <source>Set a &amp;marker</source>
        <translation>设置标记(&amp;M)</translation>
    </message>
    <message>
        <source>Change the mark&amp;er …</source>
        <translation>更改标记(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Snapping</source>
        <translation>吸附(&amp;S)</translation>
    </message>
    <message>
        <source>Over&amp;laps make transitions</source>
        <translation>重叠产生转场(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Keys below the selected clip</source>
        <translation>所选片段下方的关键帧(&amp;K)</translation>
    </message>
    <message>
        <source>Time code</source>
        <translation>时间码</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>播放或暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Play &amp;backwards, faster</source>
        <translation>倒放，更快(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Play &amp;forwards, faster</source>
        <translation>正放，更快(&amp;F)</translation>
    </message>
    <message>
        <source>L&amp;oop</source>
        <translation>循环(&amp;O)</translation>
    </message>
    <message>
        <source>Sound &amp;while the playhead is dragged</source>
        <translation>拖动播放头时播放声音(&amp;W)</translation>
    </message>
    <message>
        <source>So&amp;urce or film in the viewer</source>
        <translation>监视器中显示素材或影片(&amp;U)</translation>
    </message>
    <message>
        <source>Frame back</source>
        <translation>后退一帧</translation>
    </message>
    <message>
        <source>Frame on</source>
        <translation>前进一帧</translation>
    </message>
    <message>
        <source>Second back</source>
        <translation>后退一秒</translation>
    </message>
    <message>
        <source>Second on</source>
        <translation>前进一秒</translation>
    </message>
    <message>
        <source>Cut before</source>
        <translation>上一个切点</translation>
    </message>
    <message>
        <source>Cut after</source>
        <translation>下一个切点</translation>
    </message>
    <message>
        <source>To the &amp;start</source>
        <translation>到开头(&amp;S)</translation>
    </message>
    <message>
        <source>To the &amp;end</source>
        <translation>到结尾(&amp;E)</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Effects</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>&amp;Reset this layout</source>
        <translation>重置此布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Title bars, to move panels by</source>
        <translation>标题栏，用于移动面板(&amp;T)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Show &amp;all of the film</source>
        <translation>显示整部影片(&amp;A)</translation>
    </message>
    <message>
        <source>Show what is &amp;selected</source>
        <translation>显示所选内容(&amp;S)</translation>
    </message>
    <message>
        <source>Show all of the &amp;picture</source>
        <translation>显示整幅画面(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Enlarge the picture</source>
        <translation>放大画面(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Reduce the picture</source>
        <translation>缩小画面(&amp;R)</translation>
    </message>
    <message>
        <source>Picture at &amp;100 %</source>
        <translation>画面 100 %(&amp;1)</translation>
    </message>
    <message>
        <source>&amp;Place the picture by handles</source>
        <translation>用手柄放置画面(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Crop the picture by handles</source>
        <translation>用手柄裁剪画面(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Safe areas</source>
        <translation>安全区(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Thirds</source>
        <translation>三分线(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>网格(&amp;G)</translation>
    </message>
    <message>
        <source>S&amp;copes</source>
        <translation>示波器(&amp;C)</translation>
    </message>
    <message>
        <source>So&amp;und meters and loudness</source>
        <translation>声音电平与响度(&amp;U)</translation>
    </message>
    <message>
        <source>Look without &amp;effects</source>
        <translation>不带效果观看(&amp;E)</translation>
    </message>
    <message>
        <source>Look without &amp;GAN effects</source>
        <translation>不带 GAN 效果观看(&amp;G)</translation>
    </message>
    <message>
        <source>Original for as long as the &amp;key is held</source>
        <translation>按住键时显示原始画面(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Wipe between original and result</source>
        <translation>原片与结果划像比较(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Side by side</source>
        <translation>并排比较(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Difference ×8</source>
        <translation>差异 ×8(&amp;D)</translation>
    </message>
    <message>
        <source>Compare with &amp;A instead of the original</source>
        <translation>与 A 而不是原片比较(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Remember these settings as A</source>
        <translation>把这些设置记为 A(&amp;R)</translation>
    </message>
    <message>
        <source>Swap A &amp;and B</source>
        <translation>交换 A 和 B(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Lens at 100 %</source>
        <translation>100 % 放大镜(&amp;L)</translation>
    </message>
    <message>
        <source>Render the &amp;range</source>
        <translation>渲染该范围(&amp;R)</translation>
    </message>
    <message>
        <source>Render what is &amp;selected</source>
        <translation>渲染所选内容(&amp;S)</translation>
    </message>
    <message>
        <source>Render the &amp;film</source>
        <translation>渲染影片(&amp;F)</translation>
    </message>
    <message>
        <source>S&amp;top rendering</source>
        <translation>停止渲染(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Pause all computing</source>
        <translation>暂停所有计算(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Measure flicker</source>
        <translation>测量闪烁(&amp;M)</translation>
    </message>
    <message>
        <source>Effects that use &amp;AI</source>
        <translation>使用 AI 的效果(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Picture over the whole screen</source>
        <translation>画面全屏(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Window over the whole screen</source>
        <translation>窗口全屏(&amp;W)</translation>
    </message>
    <message>
        <source>Colours of the s&amp;ystem</source>
        <translation>系统颜色(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Dark colours</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light colours</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>Language of the system</source>
        <translation>系统语言</translation>
    </message>
    <message>
        <source>A &amp;tour in five steps</source>
        <translation>五步导览(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Demo film</source>
        <translation>演示影片(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;About vgan studio</source>
        <translation>关于 vgan studio(&amp;A)</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Drag: the transition takes longer or shorter</source>
        <translation>拖动：延长或缩短转场</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Solo: mute all the others</source>
        <translation>独奏：其他轨道静音</translation>
    </message>
    <message>
        <source>Drag: trim</source>
        <translation>拖动：修剪</translation>
    </message>
    <message>
        <source>Shift: the later clips follow</source>
        <translation>Shift：后面的片段跟随</translation>
    </message>
    <message>
        <source>Alt: the cut moves</source>
        <translation>Alt：移动切点</translation>
    </message>
    <message>
        <source>Alt+Shift: the speed changes</source>
        <translation>Alt+Shift：改变速度</translation>
    </message>
    <message>
        <source>Ctrl+Shift: the picture is frozen</source>
        <translation>Ctrl+Shift：定格画面</translation>
    </message>
</context>
<context>
    <name>ToneGraph</name>
    <message>
        <source>Press on the curve to set a point, and drag it; a double click takes it away. Page up and down choose a point, arrows move it, Delete takes it away.</source>
        <translation>在曲线上按下可添加一个点并拖动它；双击可移除。Page Up 和 Page Down 选择点，方向键移动它，Delete 移除它。</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Tour</source>
        <translation>导览</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
</context>
<context>
    <name>TransitionBox</name>
    <message>
        <source>Even</source>
        <translation>匀速</translation>
    </message>
    <message>
        <source>In: begins slowly</source>
        <translation>缓入：开始较慢</translation>
    </message>
    <message>
        <source>Out: ends slowly</source>
        <translation>缓出：结束较慢</translation>
    </message>
    <message>
        <source>In and out</source>
        <translation>缓入缓出</translation>
    </message>
    <message>
        <source>Come in by a cut</source>
        <translation>改为直接切入</translation>
    </message>
    <message>
        <source>Transition</source>
        <translation>转场</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Before the cut</source>
        <translation>切点之前</translation>
    </message>
    <message>
        <source>Behind it</source>
        <translation>切点之后</translation>
    </message>
    <message>
        <source>Ease</source>
        <translation>缓动</translation>
    </message>
</context>
<context>
    <name>Units</name>
    <message>
        <source> EV</source>
        <comment>exposure, in stops</comment>
        <translation> EV</translation>
    </message>
    <message>
        <source> px</source>
        <comment>pixels</comment>
        <translation> 像素</translation>
    </message>
</context>
<context>
    <name>Versions</name>
    <message>
        <source>Earlier versions</source>
        <translation>早先版本</translation>
    </message>
    <message>
        <source>The film as it was after each of the last edits. To go back is a step that can be undone.</source>
        <translation>最近每次编辑之后的影片。回到某个版本是可以撤销的一步。</translation>
    </message>
    <message>
        <source>Go back to it</source>
        <translation>回到此版本</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Version of {0}</source>
        <translation>{0} 的版本</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Time code of the playhead</source>
        <translation>播放头的时间码</translation>
    </message>
    <message>
        <source>Type a time code or seconds, such as 1:12 or 2.5s</source>
        <translation>输入时间码或秒数，例如 1:12 或 2.5s</translation>
    </message>
</context>
<context>
    <name>WeightsEditor</name>
    <message>
        <source>Models …</source>
        <translation>模型 …</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>{0} (missing)</source>
        <translation>{0}（丢失）</translation>
    </message>
    <message>
        <source>This model is not here: the original picture is shown.</source>
        <translation>此模型不在这里：显示原始画面。</translation>
    </message>
    <message>
        <source>Trained by this program.</source>
        <translation>由本程序训练。</translation>
    </message>
    <message>
        <source>{0}, licence {1}. {2}</source>
        <translation>{0}，许可证 {1}。{2}</translation>
    </message>
    <message>
        <source>Another model than the film was made with.</source>
        <translation>与制作影片时的模型不同。</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop films here to begin</source>
        <translation>把视频拖到这里即可开始</translation>
    </message>
    <message>
        <source>The first one gives the film its size and rate.</source>
        <translation>第一段视频决定影片的尺寸和帧率。</translation>
    </message>
    <message>
        <source>Lately</source>
        <translation>最近</translation>
    </message>
</context>
</TS>
